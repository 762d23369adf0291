"""Boards of figures: who is shown which, of what their numbers are made, and the way to the records."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from dure.apps.catalog.models import Need
from dure.apps.catalog.stages import NeedStage
from dure.apps.indicators import operations, queries
from dure.apps.indicators.kinds import boards
from dure.apps.indicators.models import Revision
from dure.apps.people.models import Organisation
from dure.foundation.measures import MEASURES
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
NUMBER = re.compile(
    r'<a\s+href="([^"]+)"[^>]*>[^<]*</a>\s*</span><span\s+class="chart-graph".*?chart-value">([\d,]+)',
    re.DOTALL,
)


def board(client, code, **query):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(reverse("indicators:board", args=[code]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_chart_of_the_file_can_be_drawn():
    for shown in boards():
        for chart in shown.charts:
            if chart.measure:
                kind = MEASURES[chart.measure]
                for name in filter(None, (chart.by, *chart.where)):
                    assert kind.dimension(name), (shown.id, chart.id, name)
                assert shown.scope != "own" or chart.measure in queries.OWN, (shown.id, chart.id)
            elif shown.scope == "published":
                assert chart.show == "plan", chart.id


def test_each_reader_is_shown_the_boards_that_are_for_them(cast, as_role):
    def codes(user):
        return [shown.id for shown in queries.boards_of(user)]

    assert codes(AnonymousUser()) == ["public"]
    assert codes(cast.analyst()) == codes(cast["officer"]) == ["ministry", "public"]
    assert codes(cast["centre_officer"]) == ["centre", "public"]
    assert codes(cast["manager"]) == ["demand", "public"]
    assert codes(cast["supplier"]) == ["firm", "public"]
    for code in ("ministry", "centre", "demand"):
        assert as_role("supplier").get(reverse("indicators:board", args=[code])).status_code == 404


def test_a_firm_counts_its_own_records_and_no_others(cast, as_role):
    cast.technology(title="우리 기술", title_en="Ours")
    cast.technology(
        title="남의 기술",
        title_en="Theirs",
        organisation=cast["rival"].memberships.get().organisation,
    )

    mine = board(as_role("supplier"), "firm")
    page = as_role("supplier").get(
        reverse("indicators:board_records", args=["firm", "technologies"])
    )

    assert [number for _url, number in NUMBER.findall(mine)] == ["1"]
    assert "Ours" in page.content.decode()
    assert "Theirs" not in page.content.decode()


def test_each_number_of_a_board_is_that_of_the_records_behind_it(cast, client):
    for title in ("하나", "둘", "셋"):
        cast.need(title=title)
    for title in ("갑", "을"):
        cast.technology(title=title)
    Organisation.objects.update(region="BUSAN")
    client.force_login(cast["centre_officer"])

    numbers = NUMBER.findall(board(client, "centre"))

    assert numbers
    for address, number in numbers:
        listed = client.get(unescape(address)).content.decode()
        assert f"Made of {number} records" in listed, address


def test_filters_narrow_what_they_can_and_say_what_they_cannot(cast, client):
    cast.need()
    Organisation.objects.update(region="BUSAN")
    client.force_login(cast.analyst())

    here = board(client, "ministry", region="BUSAN")
    nonsense = board(client, "ministry", region="ATLANTIS", year="9999")

    assert "Busan: 1" in here
    assert "Busan: 1" in nonsense  # what cannot be read is left out
    cast.technology()
    client.force_login(cast["centre_officer"])
    assert "Not narrowed" not in board(client, "centre")


def test_the_public_board_tells_what_is_published_and_no_small_groups(cast, client):
    for n in range(6):
        cast.need(title=f"수요 {n}", field="", region="SEOUL" if n else "BUSAN")
    draft = operations.draft_measured(
        indicator=cast.indicator("needs"), period=str(NOON.year), as_of=timezone.localdate(NOON),
        reason="", by=cast["officer"], at=NOON,
    )  # fmt: skip

    before = board(client, "public")
    cast.published_figure(draft)
    after = board(client, "public")

    assert Revision.objects.get(pk=draft.pk).value == 6
    assert "Seoul" not in before
    assert "too few to tell" in after
    assert "All together: 6" in after


def test_what_waits_for_more_than_two_weeks_is_late(cast, client):
    need = cast.need(stage=NeedStage.UNDER_REVIEW)
    now = timezone.now()
    client.force_login(cast["officer"])

    Need.objects.filter(pk=need.pk).update(handed_in_at=now - timedelta(days=13))
    assert queries.late_for(cast["officer"], now) == []
    caches["own"].clear()
    Need.objects.filter(pk=need.pk).update(handed_in_at=now - timedelta(days=15))

    [late] = queries.late_for(cast["officer"], now)

    assert (late.count, late.days) == (1, 15)
    assert reverse("catalog:need_review") in board(client, "ministry")


def test_what_has_many_facts_is_counted_ahead_and_comes_to_the_same(cast, client):
    for title in ("갑", "을"):
        cast.technology(title=title)
    theirs = cast["rival"].memberships.get().organisation
    cast.technology(title="남의 기술", organisation=theirs)
    readers = (("centre_officer", "centre"), ("supplier", "firm"))

    def numbers():
        return [_numbers_of(client, cast[who], code) for who, code in readers]

    live = numbers()
    assert operations.count_boards(at=timezone.now(), many=1) > 0
    assert numbers() == live
    assert "As counted at" in board(client, "firm")

    caches["own"].clear()
    assert operations.count_boards(at=timezone.now(), many=1_000) == 0
    assert "As counted at" not in board(client, "firm")


def _numbers_of(client, reader, code):
    client.force_login(reader)
    return NUMBER.findall(board(client, code))
