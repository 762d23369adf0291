"""Many projects and nothing that came of them is said before a firm applies again."""

from datetime import date

import pytest

from dure.apps.outcomes.models import Outcome
from dure.apps.projects.models import FollowUp
from dure.foundation.facts import facts_about
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
ON = date(2027, 6, 1)


def is_said(organisation, on=ON):
    return "many_projects_no_result" in {fact.name for fact in facts_about(organisation, on)}


@pytest.fixture
def led(cast):
    return [
        cast.project(
            f"P-{year}", stage="CLOSED", begins_on=date(year, 1, 1), ends_on=date(year, 12, 31)
        )
        for year in (2023, 2024, 2025)
    ]


def test_three_projects_of_which_nothing_came_are_said_and_two_are_not(cast, led):
    assert is_said(cast.supplier)
    assert not is_said(cast.supplier, date(2026, 6, 1))  # the last had no year to show a result
    assert not is_said(cast.supplier, date(2031, 6, 1))  # the first is seven years ago
    assert not is_said(cast.buyer)


def test_one_result_lifts_it(cast, led):
    answer = FollowUp.objects.create(project=led[0], year=1, due_on=ON, answered_at=NOON)
    assert is_said(cast.supplier)
    answer.successes = ["SALES"]
    answer.save()
    assert not is_said(cast.supplier)


def test_a_confirmed_outcome_lifts_it_and_a_claim_does_not(cast, led):
    made = cast.outcome(anchor=("project", led[1]))
    assert is_said(cast.supplier)
    Outcome.objects.filter(pk=made.pk).update(stage="CONFIRMED", confirmed_at=NOON)
    assert not is_said(cast.supplier)
