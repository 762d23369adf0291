"""Who may do what with exchange groups, role by role: permissions.csv. The supplier is chair."""

from pathlib import Path

import pytest

from dure.apps.groups import operations, permissions, queries
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    group, today = cast.exchange_group(), NOON.date()
    operations.note_activity(
        group=group, values={"on": today, "title": "월례회", "attended": 9}, by=cast["supplier"],
        at=NOON,
    )  # fmt: skip
    operations.add_goal(
        group=group, values={"year": 2026, "kind": "PURCHASE", "measure": "절감액", "target": 10},
        by=cast["supplier"], today=today,
    )  # fmt: skip
    return {
        "may_run": permissions.may_run,
        "may_act_for: the supplier's group": lambda user: permissions.may_act_for(
            user, group, today
        ),
        "may_read_minutes: the supplier's group": lambda user: permissions.may_read_minutes(
            user, group
        ),
        "groups_visible_to": queries.groups_visible_to,
        "members_visible_to": queries.members_visible_to,
        "goals_visible_to": queries.goals_visible_to,
        "activities_visible_to": queries.activities_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
