"""A visitor looks for a call, on a phone too; an officer opens one and a second one announces it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.calls import operations
from dure.apps.calls.models import Call
from tests.accessibility import faults_of
from tests.apps.calls.conftest import announced_call, version_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
WORDS = {
    "ko": {"words": "검색어", "apply": "적용", "criteria": "평가지표", "calendar": "일정", "list": "공고"},
    "en": {
        "words": "Words", "apply": "Apply", "criteria": "Criteria", "calendar": "Calendar",
        "list": "Calls",
    },
}  # fmt: skip


@pytest.fixture
def running(cast):
    now = timezone.now()
    call = announced_call(cast, opens_at=now - DAY, closes_at=now + 3 * DAY)
    announced_call(cast, title="다른 공고", title_en="Another", opens_at=now + DAY)
    operations.add(call=call, title="서식 정정", text="2쪽", by=cast["officer"], at=now)
    return call


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 1280), ("ko", 390)])
def test_a_visitor_finds_a_call(running, cast, live_server, sit_down, language, width):
    labels = WORDS[language]
    page = sit_down(None, language, width=width)
    page.goto(f"{live_server.url}/calls/")
    assert faults_of(page) == []
    words = page.get_by_label(labels["words"], exact=True)
    if not words.is_visible():
        page.get_by_text("필터").first.click()
    words.fill("2026")
    words.press("Enter")
    title = running.title if language == "ko" else running.title_en
    page.get_by_role("link", name=title, exact=True).click()

    expect(page.get_by_role("heading", name=labels["criteria"], exact=True)).to_be_visible()
    assert faults_of(page) == []

    month = timezone.localtime(running.deadline_at).strftime("%Y-%m")
    page.goto(f"{live_server.url}/calls/calendar/?month={month}")
    expect(page.get_by_role("link", name=title, exact=True).first).to_be_visible()
    assert faults_of(page) == []


def test_an_officer_opens_a_call_and_a_second_one_announces_it(cast, live_server, sit_down):
    version = version_of()
    page = sit_down(cast["officer"], "ko")
    page.goto(f"{live_server.url}/calls/new/{version.pk}/")
    assert faults_of(page) == []
    opens = timezone.localtime() + DAY
    page.get_by_label("제목", exact=True).fill("하반기 공고")
    page.locator("#id_text").fill("기술개발을 지원합니다.")
    page.locator("#id_opens_at").fill(f"{opens:%Y-%m-%dT09:00}")
    page.locator("#id_closes_at").fill(f"{opens + 40 * DAY:%Y-%m-%dT18:00}")
    page.get_by_role("button", name="초안 저장").click()
    page.wait_for_url("**/calls/*/")
    assert faults_of(page) == []
    call = Call.objects.get()

    second = sit_down(cast["officer2"], "ko")
    second.goto(f"{live_server.url}/calls/{call.pk}/")
    second.get_by_role("link", name="공고하기", exact=True).or_(
        second.get_by_role("button", name="공고하기", exact=True)
    ).first.click()
    second.get_by_role("dialog").get_by_role("button", name="공고하기", exact=True).click()
    expect(second.get_by_text("공고했어요.")).to_be_visible()
    assert faults_of(second) == []
    call.refresh_from_db()
    assert call.stage == "ANNOUNCED"
