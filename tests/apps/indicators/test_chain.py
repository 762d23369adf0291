"""The funnel from the need to the result: who came how far, how long it took, where they are from."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dure.apps.catalog.models import Need
from dure.apps.indicators.queries import Step, chain_of, needs_by_region, needs_of_year
from dure.apps.introductions.models import Introduction
from dure.apps.people.models import Organisation
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs(cast):
    """Three needs of one year: one introduced after ten days, one after 30, one that went nowhere."""
    needs = [cast.need(title=f"수요 {n}", title_en=f"Need {n}") for n in range(3)]
    Need.objects.update(handed_in_at=NOON)
    for days, need in zip((10, 30), needs, strict=False):
        Introduction.objects.create(
            need=need,
            technology=cast.technology(),
            introduced_by=cast["officer"],
            introduced_at=NOON + timedelta(days=days),
            quiet_since=NOON,
        )
    return needs


def test_each_step_holds_those_that_came_further_too(needs):
    chain = chain_of(needs_of_year(NOON.year))

    assert {step: len(ids) for step, ids in chain.reached.items()} == {
        Step.REGISTERED: 3, Step.MATCHED: 2, Step.INTRODUCED: 2, Step.MET: 0, Step.APPLIED: 0,
        Step.AGREED: 0, Step.RESULT: 0,
    }  # fmt: skip
    assert chain.stopped(Step.REGISTERED) == {needs[2].pk}
    assert chain.stopped(Step.INTRODUCED) == {needs[0].pk, needs[1].pk}


def test_waits_count_from_the_last_step_that_has_a_day(needs):
    waits = chain_of(needs_of_year(NOON.year)).waits()

    assert waits == {Step.INTRODUCED: [10, 30]}


def test_what_is_not_in_order_is_no_wait(needs):
    Introduction.objects.filter(need=needs[1]).update(introduced_at=NOON - timedelta(days=3))

    assert chain_of(needs_of_year(NOON.year)).waits() == {Step.INTRODUCED: [10]}


def test_the_page_narrows_and_shows_the_regions(client, cast, needs):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(cast.analyst())
    Organisation.objects.filter(pk=needs[0].organisation_id).update(region="BUSAN")

    page = client.get(
        reverse("indicators:chain"),
        {"year": NOON.year, "region": "BUSAN", "stopped": "INTRODUCED"},
    )

    assert needs_by_region(needs_of_year(NOON.year)) == {"BUSAN": 3}
    shown = page.content.decode()
    assert "Need 0" in shown
    assert "region=SEOUL" in shown
    none = client.get(reverse("indicators:chain"), {"year": NOON.year, "region": "JEJU"})
    assert "None stopped here." in none.content.decode()


def test_filters_that_cannot_be_read_are_left_out(client, cast, needs):
    client.force_login(cast.analyst())

    for query in ({"year": "x"}, {"region": "ATLANTIS"}, {"stopped": "9"}, {"field": "NONE"}):
        assert client.get(reverse("indicators:chain"), query).status_code == 200


def test_the_funnel_is_followed_once_a_minute_and_not_at_each_request(client, cast, needs):
    client.force_login(cast.analyst())
    page = reverse("indicators:chain") + f"?year={NOON.year}"

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return sum("matches_suggestion" in query["sql"] for query in queries)

    assert asked(page) > 0
    assert asked(page) == 0
    assert asked(page + "&kind=SME") > 0  # other needs, counted by themselves
    caches["own"].clear()
    assert asked(page) > 0
