"""The analyst from a plan down to a record, two people on a figure, and the public visitor."""

import functools
import operator

import pytest
from playwright.sync_api import expect

from dure.apps.indicators import operations
from dure.apps.indicators.models import Revision
from tests.accessibility import faults_at, faults_of
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_figure_is_measured_confirmed_and_followed_down(
    cast, sit_down, live_server, language, width
):
    need = cast.need(title="열린 수요", title_en="An open need")
    cast.small_plan()
    analyst = sit_down(cast.analyst(), language, width=width)
    start = f"{live_server.url}/indicators/small/"
    analyst.goto(f"{start}measure/")
    analyst.fill("#id_year", "2026")
    analyst.fill("#id_as_of", "2026-11-22")
    with analyst.expect_navigation():
        analyst.locator("form .btn-group button[type=submit]").last.click()
    revision = Revision.objects.get(stage="DRAFT")

    officer = sit_down(cast["officer"], language)
    figure = f"{live_server.url}/indicators/figures/{revision.figure_id}/"
    for _ in range(2):
        officer.goto(figure)
        with officer.expect_navigation():
            officer.locator("form[action$='/move/'] button").first.click()
    revision.refresh_from_db()
    assert revision.stage == "PUBLISHED"

    analyst.goto(start)
    analyst.locator(f"a[href='/indicators/figures/{revision.figure_id}/']").first.click()
    analyst.locator(f"a[href='{need.get_absolute_url()}']").first.click()
    expect(analyst.get_by_role("heading", level=1)).to_contain_text(
        "An open need" if language == "en" else "열린 수요"
    )
    pages = ["small/", "small/needs/", "work/", "chain/", "requests/", "requests/new/"]
    pages += [f"figures/{revision.figure_id}/", "small/intake/", "small/factories/report/"]
    faults = [faults_at(analyst, f"{live_server.url}/indicators/{page}") for page in pages]
    assert functools.reduce(operator.iadd, faults, []) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_a_visitor_reads_plans_figures_and_reports(cast, sit_down, live_server, language, width):
    published = cast.published_figure()
    report = operations.begin_report(plan=cast.small_plan(), year=2025, by=cast["officer"], at=NOON)
    for place in ("", "S1"):
        operations.write_block(report=report, place=place, text="글", by=cast["officer"], at=NOON)
    operations.release_report(report=report, by=cast["officer2"], at=NOON)
    visitor = sit_down(None, language, width=width)
    pages = ["", "small/", "small/factories/", "reports/"]
    pages += [f"figures/{published.figure_id}/", f"reports/{report.pk}/"]
    faults = [faults_at(visitor, f"{live_server.url}/indicators/{page}") for page in pages]
    assert functools.reduce(operator.iadd, faults, []) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_each_reader_opens_a_board_and_the_records_of_a_number(
    cast, sit_down, live_server, language, width
):
    cast.need(title="열린 수요", title_en="An open need")
    cast.technology(title="열린 기술", title_en="An open technology")
    boards = f"{live_server.url}/indicators/boards/"
    readers = [
        (cast.analyst(), "ministry"), (cast["centre_officer"], "centre"),
        (cast["manager"], "demand"), (cast["supplier"], "firm"), (None, "public"),
    ]  # fmt: skip
    for user, code in readers:
        page = sit_down(user, language, width=width)
        assert faults_at(page, f"{boards}{code}/") == []
        if code == "firm":
            page.locator(".chart-bars a").first.click()
            shown = "An open technology" if language == "en" else "열린 기술"
            expect(page.get_by_role("link", name=shown)).to_be_visible()
            assert faults_of(page) == []
