"""The year 2022 as the plan reports it: the same figures by the page, by the measures, by hand."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dure.apps.exchange import queries
from dure.apps.exchange.models import Accord, ExchangeMeeting, Part
from dure.engines.measuring import AddsUp, Definition, Period, Selection, measure
from dure.foundation.measures import MEASURES
from tests.apps.exchange.crowd import ABROAD, CONTRACTS, HOME, MEETINGS, MOUS, WON, year

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40
SECONDS = 3.0  # a page at this size, on a machine that does other things too


@pytest.fixture
def loaded(cast):
    year(cast)
    return cast


def figure(code, adds_up=AddsUp.COUNT, **filters):
    selection = Selection(code, {name: frozenset({value}) for name, value in filters.items()})
    in_2022 = Period.of_year(2022)
    return measure(Definition(selection, adds_up), MEASURES[code].facts(), in_2022).value


def test_the_year_has_the_size_of_2022_by_three_ways(loaded, as_role):
    totals = queries.totals(2022)
    assert totals == {
        "meetings": MEETINGS, "countries": 20, "home": HOME, "abroad": ABROAD, "talks": ABROAD,
        "mous": MOUS, "contracts": CONTRACTS, "contracted": WON,
    }  # fmt: skip
    assert figure("exchange_meetings") == MEETINGS
    assert figure("exchange_firms", side="HOME") == HOME
    assert figure("exchange_firms", side="ABROAD") == ABROAD
    assert figure("exchange_accords", kind="mou") == MOUS
    assert figure("exchange_accords", kind="contract") == CONTRACTS
    assert figure("exchange_contracted", AddsUp.SUM) == WON
    rows = queries.by_country(2022)
    assert len(rows) == 20
    assert sum(row.mous for row in rows) == MOUS
    assert sum(row.contracted for row in rows) == WON
    assert sum(row.abroad for row in rows) == ABROAD
    page = as_role("auditor").get(reverse("exchange:figures") + "?year=2022").content.decode()
    assert "1,176" in page
    assert "8.81 billion" in page


def test_a_figure_leads_to_its_records(loaded):
    facts = list(MEASURES["exchange_accords"].facts())
    contracts = [fact.id for fact in facts if fact.dimensions["kind"] == "contract"]
    opened = MEASURES["exchange_accords"].records(loaded["auditor"], contracts)
    assert set(opened) == set(contracts)
    assert sum(Accord.objects.get(pk=int(pk)).won for pk in opened) == WON


def test_pages_stay_quick_at_this_size(loaded, as_role):
    client = as_role("officer")
    busiest = ExchangeMeeting.objects.filter(countries__contains=["US"]).first()
    addresses = [
        reverse("exchange:meetings"), busiest.get_absolute_url(),
        reverse("exchange:organisations"), reverse("exchange:accords"),
        reverse("exchange:figures") + "?year=2022", reverse("exchange:words"),
    ]  # fmt: skip
    assert Part.objects.filter(meeting=busiest).count() > 30
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            begun = time.perf_counter()
            assert client.get(address).status_code == 200
            lasted = time.perf_counter() - begun
        assert len(asked) <= MOST_QUERIES, address
        assert lasted < SECONDS, address
