"""Every page is walked: days against the records, figures against the lists behind them."""

import io
import re
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.consultations.operations import records
from dure.apps.consultations.queries import statistics_of
from dure.apps.fairs.models import Origin, Pair, Wish
from dure.apps.fairs.queries import wanted_pairs
from dure.apps.ndas.models import Nda
from dure.apps.ndas.stages import NdaStage
from tests.apps.consultations.conftest import SEOUL, at
from tests.html import flat

MOST_PAGES = 150
GUIDES = ("작성 안내", "Guide")
FIGURE = re.compile(
    r'<a href="([^"]+)"><span class="figure-number">([\d,]+)(?:<small>[^<]*</small>)?</span>'
)
RESULTS = re.compile(r"<span><b>([\d,]+)</b> (?:result|entr)")
TIME = re.compile(r'<time[^>]*datetime="([^"]+)"[^>]*>([^<]*)<')
LOOKS_LIKE_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?")


@pytest.fixture
def world(cast, hall, meeting, clock):
    """A fair with records, a proposal that nobody answered, and agreements in every standing."""
    rival, stranger = (
        cast.registration(hall.fair, organisation) for organisation in (cast.rival, cast.stranger)
    )
    need = cast.need(organisation=cast.rival, title="센서")
    missed = Pair.objects.create(fair=hall.fair, demand=rival, supply=stranger, need=need)
    hall.wish(missed)
    hall.meeting(missed, slot=1)
    looked = Pair.objects.create(fair=hall.fair, demand=meeting.pair.demand, supply=stranger)
    Wish.objects.create(pair=looked, side="DEMAND", origin=Origin.PROPOSED, rank=1)
    meeting.pair.demand.looked_at = at(9)
    meeting.pair.demand.save()
    held = {"outcome": "KEPT", "no_show": "", "result": "샘플을 보냄", "why": ""}
    records.record_consultation(
        of=meeting.pair,
        values={**held, "next_step": "PURCHASE_TALK", "owner": cast["member"],
                "due_on": date(2026, 12, 20)},
        seen_at=None, by=cast["member"], at=at(11),
    )  # fmt: skip
    records.record_consultation(
        of=missed,
        values={**held, "next_step": "NO_FIT", "why": "OTHER", "owner": None, "due_on": None},
        seen_at=None, by=cast["rival"], at=at(11),
    )  # fmt: skip
    return hall.fair


def agreement(cast, **values):
    return cast.nda(cast.need(title=f"열처리 {Nda.objects.count()}", visibility="TEASER"), **values)


def walk(browser, start):
    """Pages and workbooks that links lead to from `start`, by their address."""
    pages, books, waiting = {}, {}, [start]
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        if address in pages or address in books:
            continue
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        if "spreadsheet" in answer["Content-Type"]:
            books[address] = load_workbook(io.BytesIO(answer.content))
        elif "html" in answer["Content-Type"]:
            pages[address] = answer.content.decode()
            for link in re.findall(r'href="([^"#]+)', pages[address]):
                target = urlsplit(urljoin(address, unescape(link)))
                is_sorting = "sort=" in target.query or "format=json" in target.query
                if not target.netloc and not is_sorting:
                    waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return pages, books


@pytest.mark.slow
@pytest.mark.parametrize("role", ["officer", "auditor", "manager"])
def test_figures_agree_with_their_lists_and_days_with_the_records(as_role, cast, world, role):
    late = timezone.make_aware(datetime(2027, 1, 1))  # noqa: DTZ001 -- made aware here
    nda = agreement(cast, ends_at=late)
    browser = as_role(role)

    start = reverse("consultations:report", args=[world.pk]) if role != "manager" else "/ndas/"
    pages, books = walk(browser, start)

    assert len(pages) > 20
    assert books or role == "manager"
    assert [
        fault for address, html in pages.items() for fault in faults(browser, address, html)
    ] == []
    assert [fault for address, book in books.items() for fault in days_as_text(address, book)] == []
    day_after = [
        address
        for address, html in pages.items()
        if f"/ndas/{nda.pk}/" in html and "2027-01-01" in html
    ]
    assert day_after == []


def faults(browser, address, html):
    """Figures that their lists do not add up to, and days that are not those of the moment."""
    for link, number in FIGURE.findall(html):
        target = urljoin(address, unescape(link))
        listed = None if "#" in target else RESULTS.search(browser.get(target).content.decode())
        if listed and listed[1] != number:
            yield f"{address} says {number}, {target} lists {listed[1]}"
    for moment, words in TIME.findall(html):
        day = re.search(r"\d{4}-\d{2}-\d{2}", words)
        if "T" in moment and day:
            local = datetime.fromisoformat(moment).astimezone(SEOUL)
            if day[0] != f"{local:%Y-%m-%d}":
                yield f"{address} says {day[0]} of {moment}"


def days_as_text(address, book):
    """Cells of a workbook that hold a day as text, so that Excel cannot sort them.

    The guide of a template shows in text how a day is typed.
    """
    pages = [page for page in book if page.title not in GUIDES]
    for row in (row for page in pages for row in page.iter_rows(values_only=True)):
        for cell in row:
            if isinstance(cell, str) and LOOKS_LIKE_A_DAY.fullmatch(cell):
                yield address, cell


def test_a_proposal_that_nobody_answered_is_no_request(world):
    assert [pair.is_asked for pair in wanted_pairs(world)].count(False) == 1

    assert statistics_of(world, at(16)).requests == 1


def test_the_report_of_a_fair_stands_beside_that_of_the_fair_before(as_role, cast, world):
    before = cast.fair(stage="CLOSED", name_en="Fair of Spring")
    ago = timedelta(days=200)
    before.slots.update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)
    browser = as_role("auditor")

    page = browser.get(reverse("consultations:report", args=[world.pk])).content.decode()
    paper = browser.get(reverse("consultations:report_paper", args=[world.pk]))
    export = browser.get(reverse("consultations:report_export", args=[world.pk]))
    book = load_workbook(io.BytesIO(export.content))
    figures = {row[0]: row[1:] for row in book["Figures"].iter_rows(values_only=True)}

    korean = browser.get(export.request["PATH_INFO"], headers={"accept-language": "ko"})

    assert load_workbook(io.BytesIO(korean.content)).sheetnames[0] == "수치"
    assert "Beside Fair of Spring" in page
    assert paper.content.startswith(b"%PDF")
    assert "Technology Fair-Report-2026-12-03.xlsx" in export["Content-Disposition"]
    assert figures["Figure"] == ("Technology Fair", "Fair of Spring")
    assert figures["Requests"] == (1, 0)
    assert figures["Held"] == (2, 0)
    assert isinstance(book["What came of it"]["E2"].value, datetime)


def test_records_come_as_a_workbook_with_days_as_days(as_role, world):
    address = reverse("consultations:records", args=[world.pk])

    answer = as_role("officer").get(address, {"format": "xlsx", "step": "AGREED"})
    [head, row] = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)

    row_by_head = dict(zip(head, row, strict=True))
    assert row_by_head["Until"] == datetime(2026, 12, 20)  # noqa: DTZ001 -- as Excel keeps a day
    assert row_by_head["Written down"] == datetime(2026, 12, 3, 11, 0)  # noqa: DTZ001


def test_a_request_lapses_when_it_is_not_signed_in_time(as_role, cast):
    teaser = cast.need(title="열처리", visibility="TEASER")
    nda = cast.nda(teaser)
    page = as_role("manager").get(f"/ndas/{nda.pk}/").content.decode()
    assert f"<dd> {timezone.localdate() + timedelta(days=14):%Y-%m-%d}" in flat(page)

    Nda.objects.filter(pk=nda.pk).update(requested_at=timezone.now() - timedelta(days=15))
    page = as_role("manager").get(f"/ndas/{nda.pk}/").content.decode()
    listed = as_role("manager").get("/ndas/", {"state": "ASKED"}).content.decode()

    assert "Not signed in time" in page
    assert 'value="SIGNED"' not in page
    assert "Nothing fits these filters" in listed


def test_the_page_of_an_entry_says_the_last_day_and_how_an_agreement_stands(as_role, cast):
    teaser = cast.need(title="열처리", visibility="TEASER")
    over = timezone.make_aware(datetime(2026, 10, 1))  # noqa: DTZ001 -- made aware here
    cast.nda(
        teaser, ends_at=over, stage=NdaStage.SIGNED, answered_by=cast["manager"], answered_at=over
    )

    page = as_role("manager").get(teaser.get_absolute_url()).content.decode()

    assert "Run out · last day 2026-09-30" in page
