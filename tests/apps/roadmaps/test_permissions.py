"""Who may do what with roadmaps, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.roadmaps import operations, permissions, queries
from dure.apps.roadmaps.models import Branch
from dure.apps.roadmaps.stages import ProposalStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast, small):
    proposal = operations.propose(
        roadmap=small, branch=Branch.objects.get(code="A-01"), kind="ADD", source="PUBLIC",
        name="촉각 센서", name_en="", text="필요", by=cast["supplier"], at=NOON,
    )  # fmt: skip
    return {
        "may_propose": permissions.may_propose,
        "may_judge": permissions.may_judge,
        "may_decide": permissions.may_decide,
        "may_give_opinion": lambda user: permissions.may_give_opinion(user, proposal),
        "may_move: take up": lambda user: permissions.may_move(
            user, proposal, ProposalStage.ACCEPTED
        ),
        "may_move: take back": lambda user: permissions.may_move(
            user, proposal, ProposalStage.WITHDRAWN
        ),
        "proposals_visible_to: an open one of the supplier": queries.proposals_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
