"""Confirmed outcomes as facts for figures: as known on a day, won apart from other currencies."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dure.apps.outcomes import operations
from dure.engines.measuring import AddsUp, Definition, Period, Selection, measure
from dure.foundation.measures import MEASURES
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SOON = NOON + timedelta(days=3)


def value(code, adds=AddsUp.SUM, as_of=None, **where):
    selection = Selection(code, {name: frozenset([value]) for name, value in where.items()})
    return measure(Definition(selection, adds), MEASURES[code].facts(), YEAR, as_of).value


@pytest.fixture
def confirmed(cast):
    made = [
        cast.outcome(),
        cast.outcome(kind="export", country="VN", currency="USD", amount=Decimal("12500.50")),
        cast.outcome(
            kind="jobs", counterpart=None, amount=None, currency="", count=3, files=[cast.proof()]
        ),
        cast.outcome(kind="mou", amount=None, currency=""),
    ]
    for outcome in made[:2]:
        operations.confirm(outcome=outcome, by=cast["manager"], at=NOON)
    operations.confirm(outcome=made[2], by=cast["officer"], at=NOON)
    return made


def test_only_what_is_confirmed_is_counted(confirmed):
    assert value("outcomes", AddsUp.COUNT) == 3
    assert value("outcomes", AddsUp.COUNT, kind="mou") == 0
    assert value("outcomes", AddsUp.COUNT, region="BUSAN", size="small") == 3


def test_won_is_added_and_no_other_currency_with_it(confirmed):
    assert value("outcome_amounts") == 320_000_000
    assert value("outcomes", AddsUp.COUNT, currency="USD", country="VN") == 1


def test_people_are_added(confirmed):
    assert value("new_jobs") == 3


def test_a_figure_of_a_past_day_stays(cast, confirmed):
    operations.withdraw(outcome=confirmed[0], reason="해지", by=cast["supplier"], at=SOON)

    assert value("outcome_amounts", as_of=NOON.date()) == 320_000_000
    assert not value("outcome_amounts", as_of=SOON.date())
    assert not value("outcome_amounts")
