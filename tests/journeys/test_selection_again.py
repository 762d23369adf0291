"""What comes beside the first panels: its day, judging again, a ranking made anew, a list of works."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from ics import Calendar

from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Decision, Renewal, Work
from dure.apps.selection.stages import ObjectionStage
from dure.foundation.sheets import workbook
from tests.accessibility import faults_of
from tests.apps.selection.cast import DUE, LATER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])


def go(page, address):
    page.goto(address)
    assert faults_of(page) == []


def send(page):
    """Send the form of a page that has one."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    assert faults_of(page) == []


@BOTH
def test_after_an_objection_a_second_panel_judges_and_two_officers_make_the_ranking_anew(
    cast, live_server, sit_down, language, width
):
    objection = cast.upheld_objection()
    selection, item = objection.decision.selection, objection.decision.application.item
    home = f"{live_server.url}/selection/"
    first = sit_down(cast["officer"], language, width=width)
    go(first, f"{home}objections/{objection.pk}/")
    first.locator(f"a[href$='/objections/{objection.pk}/again/']").first.click()
    assert faults_of(first) == []
    first.locator("#id_due_at").fill(f"{DUE:%Y-%m-%dT%H:%M}")
    send(first)
    item.refresh_from_db()
    judge = sit_down(item.panel.members.first().reviewer.user, language, width=width)
    go(judge, f"{home}reviews/")
    cast.close(item.panel, lambda criterion: 100)

    go(first, f"{home}{selection.pk}/table/")
    first.locator(f"a[href$='/{selection.pk}/renew/']").first.click()
    assert faults_of(first) == []
    first.locator("#id_reason").fill("이의신청이 받아들여졌다")
    send(first)
    second = sit_down(cast["officer2"], language, width=width)
    go(second, f"{home}{selection.pk}/table/")
    with second.expect_navigation():
        second.locator(f"form[action$='/{selection.pk}/renew/decide/'] button").first.click()
    assert faults_of(second) == []

    assert Renewal.objects.get().decided_by == cast["officer2"]
    objection.refresh_from_db()
    assert objection.stage == ObjectionStage.RENEWED
    applicant = sit_down(cast["rival"], language, width=390)
    go(applicant, f"{home}results/{objection.decision_id}/")


@BOTH
def test_those_around_the_cut_are_judged_again_across_panels(
    cast, live_server, sit_down, language, width
):
    selection = cast.closed_selection(panels=2, members=5)
    selection.places = 2
    selection.save()
    page = sit_down(cast["officer"], language, width=width)
    go(page, f"{live_server.url}/selection/{selection.pk}/")
    go(page, f"{live_server.url}/selection/{selection.pk}/across/")
    for box in page.locator("input[name=reviewers]").all():
        box.check()
    page.locator("#id_due_at").fill(f"{DUE:%Y-%m-%dT%H:%M}")
    send(page)

    panel = selection.panels.get(name="3")
    go(page, f"{live_server.url}/selection/panels/{panel.pk}/")
    cast.close(panel)
    go(page, f"{live_server.url}/selection/{selection.pk}/table/")


@BOTH
def test_the_day_of_a_panel_is_planned_and_goes_into_calendars(
    cast, live_server, sit_down, language, width, tmp_path
):
    panel = cast.panelled_selection().panels.get()
    start = (timezone.localtime() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    page = sit_down(cast["officer"], language, width=width)
    go(page, f"{live_server.url}/selection/panels/{panel.pk}/day/")
    page.locator("#id_starts_at").fill(f"{start:%Y-%m-%dT%H:%M}")
    page.locator("#id_place").fill("서울 회의실")
    send(page)
    go(page, f"{live_server.url}/selection/panels/{panel.pk}/agenda/")
    member = sit_down(panel.members.first().reviewer.user, language, width=width)
    go(member, f"{live_server.url}/selection/panels/{panel.pk}/agenda/")

    applicant = sit_down(cast["supplier"], language, width=390)
    go(applicant, f"{live_server.url}/selection/reviews/")
    with applicant.expect_download() as waiting:
        applicant.locator("a[href$='/presentation.ics']").click()
    waiting.value.save_as(tmp_path / "panel.ics")
    [event] = Calendar((tmp_path / "panel.ics").read_text(encoding="utf-8")).events
    assert event.begin.datetime >= start
    assert event.location == "서울 회의실"


@BOTH
def test_a_reviewer_brings_a_list_of_works(cast, live_server, sit_down, language, width, tmp_path):
    cast.pool()
    path = tmp_path / "works.xlsx"
    path.write_bytes(workbook("실적", ["구분", "제목"], [["특허", "극저온 펌프의 밀봉 구조"]]))
    page = sit_down(cast["reviewer"], language, width=width)
    go(page, f"{live_server.url}/selection/works/")
    page.locator("a[href$='/works/import/']").first.click()
    assert faults_of(page) == []
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/works/import/*-*/")
    _work_off()
    page.reload()
    assert faults_of(page) == []
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    _work_off()
    go(page, f"{live_server.url}/selection/works/")

    assert Work.objects.get().title == "극저온 펌프의 밀봉 구조"


@BOTH
def test_a_place_is_given_up_and_the_reserve_moves_up(cast, live_server, sit_down, language, width):
    selection = cast.decided_selection()
    best = Decision.objects.get(application__organisation=cast.supplier)
    page = sit_down(cast["officer"], language, width=width)
    go(page, f"{live_server.url}/selection/results/{best.pk}/give-up/")
    page.locator("#id_reason").fill("자금 사정")
    send(page)
    with page.expect_navigation():
        page.locator("button[value=up]").click()
    assert faults_of(page) == []

    selected = queries.decisions_of(selection).filter(outcome="SELECTED")
    assert [decision.application.organisation for decision in selected] == [cast.rival]


@BOTH
def test_a_conflict_known_after_the_decision_leads_to_another_panel(
    cast, live_server, sit_down, language, width
):
    selection = cast.decided_selection(members=5)
    item = selection.items.get(application__organisation=cast.rival)
    operations.pin_conflict(
        item=item, reviewer=queries.readers_of(item)[1].reviewer, reason="공급 계약이 드러남",
        by=cast["officer"], at=LATER + timedelta(days=1),
    )  # fmt: skip
    page = sit_down(cast["officer"], language, width=width)
    go(page, f"{live_server.url}/selection/{selection.pk}/")

    page.locator(f"#late a[href$='/items/{item.pk}/again/']").click()
    page.locator("#id_due_at").wait_for()
    assert faults_of(page) == []
    for box in page.locator("input[name=reviewers]").all()[:5]:
        box.check()
    page.locator("#id_due_at").fill(f"{DUE:%Y-%m-%dT%H:%M}")
    send(page)

    item.refresh_from_db()
    assert item.panel.reevaluations.get().why == "CONFLICT"


@BOTH
def test_a_programme_without_panels_gives_each_application_its_reviewers(
    cast, live_server, sit_down, language, width
):
    selection = cast.begun_selection(slug="research-staff")
    selection.items.update(stage="ADMITTED")
    page = sit_down(cast["officer"], language, width=width)
    home = f"{live_server.url}/selection/"
    go(page, f"{home}{selection.pk}/panels/")
    page.locator("#id_due_at").fill(f"{DUE:%Y-%m-%dT%H:%M}")
    send(page)

    panel = selection.panels.get()
    seat = panel.members.first()
    judge = sit_down(seat.reviewer.user, language, width=width)
    operations.pledge(member=seat, by=seat.reviewer.user, at=timezone.now())
    go(judge, f"{home}panels/{panel.pk}/")
    assert judge.locator("main tbody tr").count() == seat.assignments.count()
    go(page, f"{home}seats/{seat.pk}/replace/")
    page.locator("#id_reason").fill("병가")
    send(page)
    assert selection.items.first().assignments.exclude(member__stage="LEFT").count() == 5


def _work_off():
    """Do the jobs that wait, as a worker would, beside the browser's loop."""

    def work():
        for job in Job.objects.filter(ended_at=None):
            jobs.run(job_id=str(job.pk), clock=timezone.now)
        connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(work).result()
