"""Two at once: one coordinator takes a firm on, one senior firm has one place."""

import pytest

from dure.apps.mentoring import operations
from dure.apps.mentoring.models import Pair
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_of_two_coordinators_one_gets_the_firm():
    cast = make_cast()
    case = cast.mentoring_case()

    outcomes = at_once(*(
        lambda name=name: operations.take(case=case, by=cast[name], at=NOON)
        for name in ("coordinator", "officer")
    ))  # fmt: skip

    assert outcomes == ["TAKEN_ALREADY", "done"]


def test_the_last_place_of_a_mentor_goes_to_one_firm():
    cast = make_cast()
    mentor = cast.mentoring_profile("rival")
    first = cast.mentoring_case()
    cast.mentoring_profile("stranger", by="coordinator", wants="센서", teaches="")
    second = operations.ask(organisation=cast.stranger, by=cast["coordinator"], at=NOON)
    for case in (first, second):
        operations.take(case=case, by=cast["coordinator"], at=NOON)

    outcomes = at_once(*(
        lambda case=case: operations.propose(
            case=case, mentor=mentor, by=cast["coordinator"], at=NOON
        )
        for case in (first, second)
    ))  # fmt: skip

    assert outcomes == ["MENTOR_FULL", "done"]
    assert Pair.objects.count() == 1
