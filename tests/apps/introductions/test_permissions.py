"""Who may do what in introductions, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from dure.apps.introductions import operations, permissions, queries
from dure.apps.introductions.stages import IntroductionStage, ProposalStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

LATER = NOON + timedelta(days=30)


@pytest.fixture
def cases(cast):
    made = cast.introduction()
    operations.write(
        introduction=made, text="", files=[ContentFile(b"%PDF-1.7", "a.pdf")],
        by=cast["member"], at=NOON,
    )  # fmt: skip
    [proposal] = operations.propose_times(
        introduction=made, times=[LATER], minutes=60, is_online=False, place="세종",
        by=cast["member"], at=NOON,
    )  # fmt: skip
    operations.offer(need=made.need, technology=made.technology, by=cast["supplier"], at=NOON)
    made.refresh_from_db()
    proposal.introduction = made
    accept, cancel = ProposalStage.ACCEPTED, ProposalStage.CANCELLED
    return {
        "may_read_introductions": permissions.may_read_introductions,
        "may_read_all": permissions.may_read_all,
        "may_write": lambda user: permissions.may_write(user, made),
        "may_propose": lambda user: permissions.may_propose(user, made),
        "may_answer: accept what the buyer proposed": lambda user: permissions.may_answer(
            user, proposal, accept, NOON
        ),
        "may_answer: accept when the time has passed": lambda user: permissions.may_answer(
            user, proposal, accept, LATER
        ),
        "may_answer: take back what the buyer proposed": lambda user: permissions.may_answer(
            user, proposal, cancel, NOON
        ),
        "may_answer: no such stage": lambda user: permissions.may_answer(
            user, proposal, "HELD", NOON
        ),
        "may_offer: of the supplier": lambda user: permissions.may_offer(
            user, made.need, cast.supplier
        ),
        "may_offer: of the owner": lambda user: permissions.may_offer(user, made.need, cast.buyer),
        "offers_visible_to": queries.offers_visible_to,
        "may_move: end": lambda user: permissions.may_move(user, made, IntroductionStage.ENDED),
        "may_move: cooperate before they met": lambda user: permissions.may_move(
            user, made, IntroductionStage.CONCLUDED
        ),
        "may_remind: a month later": lambda user: permissions.may_remind(user, made, LATER),
        "may_remind: at once": lambda user: permissions.may_remind(user, made, NOON),
        "introductions_visible_to": queries.introductions_visible_to,
        "files_visible_to": queries.files_visible_to,
        "proposals_visible_to": queries.proposals_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
