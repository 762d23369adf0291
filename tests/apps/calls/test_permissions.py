"""Who may do what with calls, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.calls import operations, permissions, queries
from dure.apps.calls.models import Letter
from tests.apps.calls.conftest import CLOSES, announced_call, draft_call
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    draft, call = draft_call(cast), announced_call(cast, opens_at=NOON - timedelta(days=1))
    proposal = operations.propose_cancellation(call=call, reason="x", by=cast["officer"], at=NOON)
    other = announced_call(cast)
    question = operations.ask(call=call, text="?", by=cast["supplier"], at=NOON)
    Letter.objects.create(
        call=call, audience="WATCHERS", channel="EMAIL", subject="x", body="x",
        by=cast["officer"], created_at=NOON,
    )  # fmt: skip
    may = permissions
    return {
        "may_run": may.may_run,
        "may_edit: a draft": lambda user: may.may_edit(user, draft),
        "may_edit: an announced call": lambda user: may.may_edit(user, call),
        "may_announce: what the officer wrote": lambda user: may.may_announce(user, draft),
        "may_discard": lambda user: may.may_discard(user, draft),
        "may_add": lambda user: may.may_add(user, call),
        "may_watch": lambda user: may.may_watch(user, call),
        "may_ask": lambda user: may.may_ask(user, call, NOON),
        "may_answer": lambda user: may.may_answer(user, question),
        "may_extend": lambda user: may.may_extend(user, call),
        "may_propose_extension: beside another proposal": lambda user: may.may_propose_extension(
            user, call
        ),
        "may_propose_extension": lambda user: may.may_propose_extension(user, other),
        "may_propose_cancellation": lambda user: may.may_propose_cancellation(user, other),
        "may_confirm: what the officer proposed": lambda user: may.may_confirm(user, proposal),
        "may_take_back": lambda user: may.may_take_back(user, proposal),
        "may_close_early": lambda user: may.may_close_early(user, call),
        "may_name_recommenders": lambda user: may.may_name_recommenders(user, call),
        "may_hand_over": lambda user: may.may_hand_over(user, call),
        "may_write_letters": lambda user: may.may_write_letters(user, call),
        "may_open_applications: before the deadline": lambda user: may.may_open_applications(
            user, other, CLOSES - timedelta(seconds=1)
        ),
        "may_open_applications: after it": lambda user: may.may_open_applications(
            user, other, CLOSES
        ),
        "calls_visible_to: a draft": lambda user: queries.calls_visible_to(user).filter(
            pk=draft.pk
        ),
        "calls_visible_to: an announced call": lambda user: queries.calls_visible_to(user).filter(
            pk=call.pk
        ),
        "questions_visible_to: of the supplier": queries.questions_visible_to,
        "letters_visible_to": queries.letters_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
