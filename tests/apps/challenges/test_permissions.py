"""Who may do what with challenges, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.challenges import permissions, queries
from dure.apps.challenges.models import Candidate
from dure.apps.challenges.stages import CandidateStage, DiscoveryStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast, scene):
    gathered = scene["gate"]

    selected = Candidate.objects.get(pk=scene["wall"].pk)
    selected.stage = CandidateStage.SELECTED
    selected.discovery.stage = DiscoveryStage.DECIDED
    selected.discovery.decided_by = cast["officer"]
    return {
        "may_run": permissions.may_run,
        "may_gather: for the centre": lambda user: permissions.may_gather(
            user, scene.other_centre, NOON
        ),
        "may_write": lambda user: permissions.may_write(user, gathered),
        "may_comment": lambda user: permissions.may_comment(user, gathered),
        "may_withdraw": lambda user: permissions.may_withdraw(user, gathered),
        "may_judge: without a round": lambda user: permissions.may_judge(user, gathered),
        "may_approve: the text of the buyer": lambda user: permissions.may_approve(user, selected),
        "may_announce: what the officer selected": lambda user: permissions.may_announce(
            user, selected.discovery
        ),
        "candidates_visible_to: of the buyer": lambda user: queries.candidates_visible_to(
            user
        ).filter(pk=gathered.pk),
        "discoveries_visible_to": queries.discoveries_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
