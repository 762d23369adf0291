"""Two persons at once: an operator is appointed once, a ranking comes into force as it was read."""

import pytest

from dure.apps.operators import operations
from dure.apps.operators.models import Operator, OperatorApplication, Ranking
from dure.apps.operators.reasons import Reason
from tests.apps.operators.conftest import LATER, appoint, make_world
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
RESULTS = {"selected": 1, "invested": 1, "succeeded": 1}


@pytest.fixture
def world():
    cast = make_cast()
    return cast, make_world(cast)


def test_of_two_officers_who_appoint_one_does(world):
    cast, scene = world

    outcomes = at_once(
        *(
            lambda who=who: operations.move(
                application=scene.applications["supplier"], stage="APPOINTED", reason="",
                by=cast[who], at=LATER,
            )
            for who in ("officer", "officer2")
        )
    )  # fmt: skip

    assert outcomes == [Reason.STAGE_CLOSED, "done"]
    assert Operator.objects.count() == 1


def test_two_appointed_at_once_are_never_more_than_the_places(world):
    cast, scene = world
    scene.call.places = 1
    scene.call.save()

    outcomes = at_once(
        *(
            lambda name=name: operations.move(
                application=scene.applications[name], stage="APPOINTED", reason="",
                by=cast["officer"], at=LATER,
            )
            for name in ("supplier", "rival")
        )
    )  # fmt: skip

    assert outcomes == [Reason.TOO_MANY, "done"]
    assert Operator.objects.count() == 1


def test_an_organisation_that_applies_twice_at_once_has_one_application(world):
    cast, scene = world

    outcomes = at_once(
        *(
            lambda: operations.apply(
                call=scene.call, organisation=cast.buyer, plan="펀드", by=cast["manager"], at=NOON
            )
            for _ in range(2)
        )
    )

    assert "done" in outcomes
    assert OperatorApplication.objects.filter(organisation=cast.buyer).count() == 1


def test_a_ranking_comes_into_force_as_it_was_read_or_not_at_all(world):
    cast, scene = world
    results = {term.pk: dict(RESULTS) for term in appoint(scene, cast).values()}

    def prepare(by, places):
        return operations.prepare_ranking(
            programme=scene.programme, year=LATER.year, places=places, results=results,
            by=cast[by], at=LATER if places == 5 else LATER.replace(hour=1),
        )  # fmt: skip

    read = prepare("officer", 5)
    outcomes = at_once(
        lambda: prepare("officer", 9),
        lambda: operations.release_ranking(
            ranking=read, seen=read.prepared_at, by=cast["officer2"], at=LATER
        ),
    )

    assert outcomes in ([Reason.CHANGED_MEANWHILE, "done"], [Reason.RANKED_ALREADY, "done"])
    kept = Ranking.objects.get()
    is_released = kept.stage == "IN_FORCE"
    assert kept.places == (5 if is_released else 9)


def test_two_rankings_of_one_year_written_at_once_are_one(world):
    cast, scene = world
    results = {term.pk: dict(RESULTS) for term in appoint(scene, cast).values()}

    at_once(
        *(
            lambda who=who: operations.prepare_ranking(
                programme=scene.programme, year=LATER.year, places=5, results=results,
                by=cast[who], at=LATER,
            )
            for who in ("officer", "officer2")
        )
    )  # fmt: skip

    assert Ranking.objects.count() == 1
