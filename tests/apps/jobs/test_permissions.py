"""Who sees and stops long jobs, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.jobs import permissions, queries
from dure.apps.jobs.models import Job
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    job = Job.objects.create(kind="match_all", title="Match", requested_by=cast["manager"])
    return {
        "may_ask: beside few that wait": lambda user: permissions.may_ask(user, 0),
        "may_ask: beside as many as may wait": lambda user: permissions.may_ask(
            user, permissions.MOST_WAITING
        ),
        "may_cancel: of the manager": lambda user: permissions.may_cancel(user, job),
        "jobs_visible_to: of the manager": queries.jobs_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
