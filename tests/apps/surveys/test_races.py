"""Two persons at once in a survey: one of them does it, the other is told."""

import pytest

from dure.apps.catalog.models import Need
from dure.apps.surveys import operations
from dure.apps.surveys.models import Asked, Wish
from dure.apps.surveys.reasons import Reason
from dure.apps.surveys.stages import AskedStage, WishStage
from tests.apps.surveys.conftest import WISH, make_world
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    cast = make_cast()
    return cast, make_world(cast)


def test_of_two_who_hand_in_the_answer_of_a_body_one_does(world):
    cast, scene = world

    outcomes = at_once(
        *(
            lambda who=who: operations.answer(
                asked=scene.asked["buyer"], needs_nothing=False, by=cast[who], at=NOON
            )
            for who in ("manager", "manager")
        )
    )

    assert outcomes == [Reason.STAGE_CLOSED, "done"]


def test_what_is_written_while_the_answer_is_handed_in_is_in_it_or_refused(world):
    cast, scene = world

    at_once(
        lambda: operations.write_wish(
            asked=scene.asked["buyer"], text=WISH, by=cast["member"], at=NOON
        ),
        lambda: operations.answer(
            asked=scene.asked["buyer"], needs_nothing=False, by=cast["manager"], at=NOON
        ),
    )

    assert Asked.objects.get(pk=scene.asked["buyer"].pk).stage == AskedStage.ANSWERED
    assert not Wish.objects.filter(stage=WishStage.DRAFT).exists()


def test_a_body_asked_by_two_officers_is_asked_once(world):
    cast, scene = world

    at_once(
        *(
            lambda who=who: operations.ask(
                survey=scene.survey, organisations=[cast.supplier], by=cast[who], at=NOON
            )
            for who in ("officer", "officer2")
        )
    )

    assert Asked.objects.filter(organisation=cast.supplier).count() == 1


def test_two_officers_remind_once(world):
    cast, scene = world

    outcomes = at_once(
        *(
            lambda who=who: operations.remind(survey=scene.survey, by=cast[who], at=NOON)
            for who in ("officer", "officer2")
        )
    )

    assert outcomes == [Reason.REMINDED_TODAY, "done"]
    assert set(Asked.objects.values_list("reminders", flat=True)) == {1}


def test_a_need_taken_in_by_two_officers_is_one_entry(world):
    cast, scene = world
    operations.answer(asked=scene.asked["buyer"], needs_nothing=False, by=cast["manager"], at=NOON)
    wish = Wish.objects.get()

    outcomes = at_once(
        *(
            lambda who=who: operations.take_in(wishes=[wish], by=cast[who], at=NOON)
            for who in ("officer", "officer2")
        )
    )

    assert outcomes == [Reason.IN_THE_CATALOGUE, "done"]
    assert Need.objects.count() == 1


def test_a_survey_closed_by_two_officers_closes_once(world):
    cast, scene = world

    outcomes = at_once(
        *(
            lambda who=who: operations.close(survey=scene.survey, by=cast[who])
            for who in ("officer", "officer2")
        )
    )

    assert outcomes == [Reason.STAGE_CLOSED, "done"]
