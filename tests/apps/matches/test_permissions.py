"""Who may do what with suggestions, answers and bars, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.matches import permissions, queries
from dure.apps.matches.models import Answer, AnswerKind, Bar, BarKind, Side
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    need, technology = cast.need(), cast.technology()
    for side, by in ((Side.DEMAND, cast["member"]), (Side.SUPPLY, cast["supplier"])):
        Answer.objects.create(
            need=need,
            technology=technology,
            side=side,
            kind=AnswerKind.INTERESTED,
            answered_by=by,
            answered_at=NOON,
        )
    Bar.objects.create(
        organisation=cast.rival,
        other=cast.supplier,
        kind=next(iter(BarKind)),
        created_by=cast["officer"],
    )
    return {
        "may_see_matches: of the need": lambda user: permissions.may_see_matches(user, need),
        "may_see_matches: of the technology": lambda user: permissions.may_see_matches(
            user, technology
        ),
        "may_read_all_answers": permissions.may_read_all_answers,
        "may_read_answers": permissions.may_read_answers,
        "may_read_bars": permissions.may_read_bars,
        "may_answer": lambda user: permissions.may_answer(user, need, technology),
        "may_take_back": lambda user: permissions.may_take_back(user, need, technology),
        "may_run_matching": permissions.may_run_matching,
        "mutual_interest_visible_to": queries.mutual_interest_visible_to,
        "answers_visible_to: of the demand side": lambda user: queries.answers_visible_to(
            user
        ).filter(side=Side.DEMAND),
        "answers_visible_to: of the supply side": lambda user: queries.answers_visible_to(
            user
        ).filter(side=Side.SUPPLY),
        "bars_visible_to": queries.bars_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
