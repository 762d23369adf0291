"""Who may do what with surveys, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.surveys import operations, permissions, queries
from dure.apps.surveys.models import Wish
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast, scene):
    buyer, rival = scene.asked["buyer"], scene.asked["rival"]
    operations.answer(asked=buyer, needs_nothing=False, by=cast["manager"], at=NOON)
    given = Wish.objects.select_related("asked__survey").get(pk=scene.wish.pk)
    late = NOON + timedelta(days=30)
    return {
        "may_run": permissions.may_run,
        "may_ask": lambda user: permissions.may_ask(user, scene.survey),
        "may_write: for the rival": lambda user: permissions.may_write(user, rival, NOON),
        "may_write: too late": lambda user: permissions.may_write(user, rival, late),
        "may_answer: for the rival": lambda user: permissions.may_answer(user, rival, NOON),
        "may_answer: handed in by the buyer": lambda user: permissions.may_answer(
            user, queries.asked_visible_to(cast["officer"]).get(pk=buyer.pk), NOON
        ),
        "may_decide: allot": lambda user: permissions.may_decide(user, given, "ALLOTTED"),
        "may_take_in": lambda user: permissions.may_take_in(user, given),
        "surveys_visible_to": queries.surveys_visible_to,
        "asked_visible_to: the rival": lambda user: queries.asked_visible_to(user).filter(
            pk=rival.pk
        ),
        "wishes_visible_to: of the buyer": lambda user: queries.wishes_visible_to(user).filter(
            pk=given.pk
        ),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
