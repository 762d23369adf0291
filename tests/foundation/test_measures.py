"""What every app lets be counted: whole, as known on a day, and open to those who may read it."""

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.timezone import localdate

from dure.apps.catalog import operations
from dure.apps.catalog.models import Visibility
from dure.engines.measuring import AddsUp, Definition, Period, Selection, measure
from dure.foundation.measures import MEASURES
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
WITHOUT = {"ndas", "deposits", "payments", "outcomes", "outcome_amounts", "new_jobs"}
EVER = Period(date(2000, 1, 1), date(2100, 1, 1))
FOLDERS = Path(__file__).parents[1] / "apps"


@pytest.fixture
def world(cast):
    known = {}
    for app in apps.get_app_configs():
        if (FOLDERS / app.label / "world.py").exists():
            known |= import_module(f"tests.apps.{app.label}.world").things(cast, known)
    return known


def count(code, as_of=None):
    definition = Definition(Selection(code), AddsUp.COUNT)
    return measure(definition, MEASURES[code].facts(), EVER, as_of).value


def test_every_measure_has_facts_with_named_dimensions_that_lead_to_records(cast, world):
    today, counted = localdate(), set()
    for shipped in MEASURES:
        facts = list(shipped.facts())
        counted |= {shipped.code} if facts else set()
        for fact in facts:
            assert fact.known_until is None or fact.known_until > fact.known_from
            for name, value in fact.dimensions.items():
                assert not value or shipped.dimension(name).name(value), (shipped.code, name)
        held = {fact.id for fact in facts if fact.known_until is None and fact.known_from <= today}
        shown = shipped.records(cast["administrator"], held)
        assert set(shown) == held, f"the administrator misses records of {shipped.code}"
        assert all(record.title and record.url for record in shown.values())
    # What the world of the routes has none of is counted in the tests of its own app.
    assert set(MEASURES.codes()) - counted <= WITHOUT


def test_a_withdrawn_need_counts_for_the_days_before_and_no_more(cast):
    need, today = cast.need(), localdate()
    assert count("needs") == 1

    operations.withdraw(entry=need, by=cast["manager"], at=timezone.now())

    assert count("needs") == 0
    assert count("needs", today) == 0
    assert count("needs", today - timedelta(1)) == 1
    assert count("needs", localdate(NOON) - timedelta(1)) == 0


def test_a_reader_is_shown_the_records_that_they_may_open_alone(cast):
    open_to_all = cast.need()
    inside = cast.need(title="내부 수요", visibility=Visibility.MEMBERS)
    ids = {str(open_to_all.pk), str(inside.pk)}

    assert set(MEASURES["needs"].records(AnonymousUser(), ids)) == {str(open_to_all.pk)}
    assert set(MEASURES["needs"].records(cast["officer"], ids)) == ids
