"""A reviewer on a tablet, a chair, two officers and an applicant who objects: one selection."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.selection import operations, queries
from dure.apps.selection.models import Decision, Draft, Objection, Sheet
from tests.accessibility import faults_of
from tests.apps.selection.cast import LATER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "ko": {"saved": "에 저장했어요", "object": "결과에 이의신청하기"},
    "en": {"saved": "Saved at", "object": "Object to the result"},
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_reviewer_fills_in_a_sheet_on_a_tablet(cast, live_server, sit_down, language):
    words = WORDS[language]
    item = cast.panelled_selection().items.first()
    reviewer = queries.readers_of(item)[1].reviewer.user
    page = sit_down(reviewer, language, width=820, has_touch=True)
    page.goto(f"{live_server.url}/selection/reviews/")
    assert faults_of(page) == []
    page.goto(f"{live_server.url}/selection/panels/{item.panel_id}/")
    assert faults_of(page) == []
    page.get_by_role("link", name=item.application.title).first.click()
    assert faults_of(page) == []

    for criterion in page.locator("[data-grades]").all():
        criterion.locator(".grade").nth(1).tap()
        criterion.locator("textarea").fill("수치로 보였습니다")
    expect(page.locator("#saved")).to_contain_text(words["saved"])
    assert len(Draft.objects.get(item=item).marks) == 9
    assert not Sheet.objects.exists()
    page.reload()
    expect(page.locator("[data-grades] :checked")).to_have_count(9)
    page.locator("button[value=final]").click()
    page.wait_for_url("**/panels/*/")

    kept = queries.final_sheets([item]).get()
    assert set(kept.marks.values()) == {80}
    assert faults_of(page) == []


def test_the_keys_one_to_five_set_the_grade(cast, live_server, sit_down):
    item = cast.panelled_selection().items.first()
    page = sit_down(queries.readers_of(item)[1].reviewer.user)
    page.goto(f"{live_server.url}/selection/items/{item.pk}/")

    page.locator("#id_mark_need_0").focus()
    page.keyboard.press("3")
    expect(page.locator("#saved")).to_contain_text(WORDS["ko"]["saved"])

    assert Draft.objects.get().marks == {"need": 60}


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_a_chair_brings_the_panel_to_its_end(cast, live_server, sit_down, language, width):
    panel = cast.scored_selection().panels.get()
    chair = panel.members.get(is_chair=True).reviewer.user
    page = sit_down(chair, language, width=width)
    page.goto(f"{live_server.url}/selection/panels/{panel.pk}/")
    assert faults_of(page) == []
    page.locator("button[value=consensus]").click()
    assert faults_of(page) == []
    page.goto(f"{live_server.url}/selection/panels/{panel.pk}/minutes/")
    page.locator("#id_text").fill("사업성의 근거를 두고 이야기했고 점수를 유지한다.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/panels/*/")
    panel.refresh_from_db()
    for seat in panel.members.all():
        if seat.reviewer.user != chair:
            operations.confirm_minutes(
                panel=panel, seen=panel.version, by=seat.reviewer.user, at=LATER
            )
    page.reload()
    page.locator("button[value=confirm]").click()
    page.locator("button[value=close]").click()
    assert faults_of(page) == []

    panel.refresh_from_db()
    assert panel.stage == "CLOSED"


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 1280)])
def test_two_officers_decide_and_the_applicant_objects(
    cast, live_server, sit_down, language, width
):
    words = WORDS[language]
    selection = cast.closed_selection()
    first = sit_down(cast["officer"], language, width=width)
    for address in ("", f"{selection.pk}/", "pool/", f"{selection.pk}/table/"):
        first.goto(f"{live_server.url}/selection/{address}")
        assert faults_of(first) == []
    first.get_by_role("link", name=selection.items.first().application.title).first.click()
    assert faults_of(first) == []
    first.goto(f"{live_server.url}/selection/{selection.pk}/table/")
    first.locator("form[method=post] button[type=submit]").last.click()
    second = sit_down(cast["officer2"], language, width=width)
    second.goto(f"{live_server.url}/selection/{selection.pk}/table/")
    second.locator("button[value=decide]").click()
    assert faults_of(second) == []
    decision = Decision.objects.get(application__organisation=cast.rival)
    Decision.objects.update(objections_until=timezone.localdate() + timedelta(days=5))

    applicant = sit_down(cast["rival"], language, width=390)
    applicant.goto(f"{live_server.url}/selection/results/{decision.pk}/")
    assert faults_of(applicant) == []
    applicant.get_by_role("link", name=words["object"]).last.click()
    assert faults_of(applicant) == []
    applicant.locator("#id_text").fill("시험 결과를 거꾸로 읽었습니다.")
    applicant.locator("main form button[type=submit]").first.click()
    applicant.wait_for_url("**/results/*/")

    assert Objection.objects.get().decision == decision
    assert faults_of(applicant) == []
    first.goto(f"{live_server.url}/selection/objections/{Objection.objects.get().pk}/")
    assert faults_of(first) == []
    first.goto(f"{live_server.url}/selection/{selection.pk}/fairness/")
    assert faults_of(first) == []
