"""The yearly report fills itself in, is released by a second person, and shows what changed since."""

import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.indicators import operations, presenters, queries
from dure.apps.indicators.models import DataRequest, Report
from dure.apps.indicators.reasons import Reason
from dure.apps.outcomes import operations as outcomes
from dure.foundation.verdict import Refused
from tests.apps.indicators.cast import PLAN
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    cast.published_figure()
    made = operations.begin_report(plan=cast.small_plan(), year=2025, by=cast["officer"], at=NOON)
    for place, text in {"": "한 해의 요약", "S1": "전략의 글", "1-1": "과제의 글"}.items():
        operations.write_block(report=made, place=place, text=text, by=cast["officer"], at=NOON)
    return made


def release(report, who):
    return operations.release_report(report=report, by=who, at=NOON)


def correct(cast, value):
    revision = operations.draft_reported(
        indicator=cast.indicator("factories"), period="2025", value=Decimal(value),
        evidence="정정", reason="One was missing.", by=cast["officer"], at=NOON,
    )  # fmt: skip
    return cast.published_figure(revision)


def test_a_report_compares_with_the_year_before_and_the_target(as_role, cast, report):
    release(report, cast["officer2"])
    shown = as_role("visitor").get(report.get_absolute_url()).content.decode()
    for expected in ("60 factories", "40 factories", "+50.0%", "100 factories", "60%", "전략의 글"):
        assert expected in shown


def test_the_public_reads_no_draft(as_role, report):
    assert as_role("visitor").get(report.get_absolute_url()).status_code == 404
    assert report in queries.reports_visible_to(report.created_by)


def test_a_report_is_released_by_a_second_person_once_it_is_written(cast, report):
    with pytest.raises(Refused) as refusal:
        release(report, cast["officer"])
    assert refusal.value.reason == Reason.SECOND_PERSON
    report.blocks.filter(place="S1").delete()
    with pytest.raises(Refused) as refusal:
        release(report, cast["officer2"])
    assert refusal.value.reason == Reason.NOT_READY


def test_what_is_corrected_after_the_release_is_an_erratum(as_role, cast, report):
    release(report, cast["officer2"])
    correct(cast, 61)

    shown = as_role("visitor").get(report.get_absolute_url()).content.decode()

    assert "60 factories → 61 factories" in shown
    assert "One was missing." in shown
    assert Report.objects.get().figures["factories 2025"] == "60"


def test_a_new_version_begins_with_the_texts_of_the_one_before(cast, report):
    assert operations.begin_report(
        plan=report.plan, year=2025, by=cast["officer"], at=NOON
    ) == report  # fmt: skip
    release(report, cast["officer2"])
    second = operations.begin_report(plan=report.plan, year=2025, by=cast["officer"], at=NOON)
    assert second.number == 2
    assert queries.blocks_of(second) == queries.blocks_of(report)


def test_targets_are_drawn_as_far_as_they_were_reached(cast, report):
    sections = presenters.sections(report, queries.published_in(report.plan), {})

    bars = presenters.reached_bars(sections)

    assert [(bar["value"], bar["plan"]) for bar in bars] == [
        (row["reached"], 100)
        for section in sections
        for row in section.rows
        if row["reached"] is not None
    ]
    assert bars


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_report_on_paper_has_contents_pages_and_sources(as_role, cast, report, language):
    release(report, cast["officer2"])
    client = as_role("visitor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = client.get(reverse("indicators:report_paper", args=[report.pk]))
    read = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in read.pages)
    assert ("차례" if language == "ko" else "Contents") in text
    assert f"1 / {len(read.pages)}" in text
    assert "보고서 3쪽" in text
    assert ("목표 달성 정도" if language == "ko" else "How much of each target") in text


def test_the_tables_come_as_workbook_and_the_report_as_hangul_document(as_role, cast, report):
    release(report, cast["officer2"])
    client = as_role("visitor")
    book = client.get(report.get_absolute_url(), {"format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[1][2:6] == (60, 40, 100, 60)
    document = client.get(reverse("indicators:report_document", args=[report.pk]))
    section = zipfile.ZipFile(io.BytesIO(document.content)).read("Contents/section0.xml").decode()
    assert "전략의 글" in section
    assert "보고서 3쪽" in section  # the sources stand at its end
    sheets = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    assert len(sheets) == 3
    assert "보고서 3쪽" in [row[2] for row in sheets[2].iter_rows(values_only=True)]


def test_a_data_request_gives_the_same_table_whenever_it_is_opened(client, cast):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(cast.analyst())
    cast.need(field="SMARTFAC", region="SEOUL")
    form = {
        "name": "Needs by region", "measure": "needs", "by": ["region", "field"],
        "first_on": "2026-01-01", "last_on": "2026-11-22", "as_of": "2026-11-22",
    }  # fmt: skip
    client.post(reverse("indicators:new_request"), form)
    asked = DataRequest.objects.get()
    first = client.get(asked.get_absolute_url()).content.decode()
    document = client.get(reverse("indicators:request_document", args=[asked.pk]))
    section = zipfile.ZipFile(io.BytesIO(document.content)).read("Contents/section0.xml").decode()
    assert "Seoul" in section
    assert "as known on 2026-11-22" in section
    assert "Seoul" in first
    cast.need(title="later", handed_in_at=NOON.replace(month=12))
    assert client.get(asked.get_absolute_url()).content.decode().count("<tr>") == first.count(
        "<tr>"
    )
    book = client.get(asked.get_absolute_url(), {"format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[1][-1] == 1

    wrong = client.post(reverse("indicators:new_request"), form | {"by": ["outcome"]})
    assert "can be told apart by" in wrong.content.decode()
    many = client.post(
        reverse("indicators:new_request"), form | {"by": ["region", "field", "size", "stage"]}
    )
    assert "at most three" in many.content.decode()


def test_a_report_is_released_once_every_comment_is_settled(as_role, cast, report):
    page = report.get_absolute_url()
    as_role("centre_officer").post(
        reverse("indicators:comment", args=[report.pk]), {"place": "S1", "text": "Which firms?"}
    )
    remark = report.comments.get()

    with pytest.raises(Refused) as refusal:
        release(report, cast["officer2"])
    assert refusal.value.reason == Reason.COMMENTS_OPEN
    assert "Which firms?" in as_role("officer").get(page).content.decode()
    as_role("officer").post(reverse("indicators:settle", args=[remark.pk]))
    release(report, cast["officer2"])

    assert "Which firms?" not in as_role("visitor").get(page).content.decode()


def test_a_comment_is_settled_once_and_no_more_after_the_release(cast, report):
    remark = operations.comment(report=report, place="", text="?", by=cast["officer2"], at=NOON)
    operations.settle(comment=remark, by=cast["officer"], at=NOON)
    with pytest.raises(Refused) as refusal:
        operations.settle(comment=remark, by=cast["officer2"], at=NOON)
    assert refusal.value.reason == Reason.SETTLED_ALREADY
    release(report, cast["officer2"])
    with pytest.raises(Refused) as refusal:
        operations.comment(report=report, place="", text="?", by=cast["officer2"], at=NOON)
    assert refusal.value.reason == Reason.STAGE_CLOSED


def test_a_section_is_read_in_the_language_of_the_reader(as_role, cast, report):
    operations.write_block(
        report=report, place="1-1", text="과제의 글", text_en="What the task did", by=cast["officer"],
        at=NOON,
    )  # fmt: skip
    before = as_role("officer").get(report.get_absolute_url())
    release(report, cast["officer2"])

    assert [part["place"] for part in before.context["without_english"]] == ["summary", "S1"]
    english = as_role("visitor").get(report.get_absolute_url()).content.decode()
    paper = pypdf.PdfReader(
        io.BytesIO(
            as_role("visitor").get(reverse("indicators:report_paper", args=[report.pk])).content
        )
    )

    assert "What the task did" in english
    assert "과제의 글" not in english
    assert re.search(r'lang="ko">\s*<p>한 해의 요약', english)  # written in Korean alone
    assert re.search(r'lang="en">\s*<p>What the task did', english)
    assert "What the task did" in "".join(page.extract_text() for page in paper.pages)


def test_an_outcome_that_is_withdrawn_after_the_release_is_an_erratum(as_role, cast):
    text = (
        PLAN.replace('id = "small"', 'id = "results"')
        .replace('id = "needs"', 'id = "results"')
        .replace('fact = "needs"', 'fact = "outcomes"')
        .replace('by = ["field", "region"]', 'by = ["kind"]')
    )
    plan, _is_new = operations.load(text.encode(), at=NOON)
    outcome, today, later = cast.outcome(), localdate(NOON), NOON + timedelta(days=3)
    outcomes.confirm(outcome=outcome, by=cast["manager"], at=NOON)

    def publish(at, reason=""):
        draft = operations.draft_measured(
            indicator=plan.indicators.get(code="results"), period="2026", as_of=localdate(at),
            reason=reason, by=cast["officer"], at=at,
        )  # fmt: skip
        cast.published_figure(draft)

    publish(NOON)
    made = operations.begin_report(plan=plan, year=2026, by=cast["officer"], at=NOON)
    for place in ("", "S1"):
        operations.write_block(report=made, place=place, text="글", by=cast["officer"], at=NOON)
    release(made, cast["officer2"])
    outcomes.withdraw(outcome=outcome, reason="해지", by=cast["supplier"], at=later)
    publish(later, "The contract was ended.")

    page = as_role("visitor").get(made.get_absolute_url()).content.decode()

    assert today.year == 2026
    assert "1 needs → 0 needs" in page
    assert "The contract was ended." in page
