"""In a real browser: a visitor becomes a firm with a match, and an introduction ends in a dated next step."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction, MeetingProposal, Offer
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches.operations import rebuild_index
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_visitor_becomes_a_firm_with_a_match(cast, live_server, sit_down, language, width):
    need = cast.need()
    cast.need(title="도장 건조로 배기열을 회수하는 판형 열교환기")
    rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))
    says = {
        "ko": ("우리가 할 수 있어요", "가입하기", "계속", "첫 매칭 보기", "아직 필요한 것"),
        "en": ("We can do this", "Join", "Go on", "Show the first matches", "What is still needed"),
    }
    offer, join, go_on, show, needed = says[language]
    page = sit_down(None, language, width)

    page.goto(live_server.url + need.get_absolute_url())
    page.get_by_role("link", name=offer).click()
    assert faults_of(page) == []
    page.get_by_role("link", name=join, exact=True).click()
    page.fill("#id_name", "박하늘")
    page.fill("#id_email", "sky@example.org")
    page.fill("#id_password1", "sunny-harbour-77")
    page.check("#id_agrees_to_terms")
    page.check("#id_agrees_to_privacy")
    assert faults_of(page) == []
    page.get_by_role("button", name=join).click()
    page.wait_for_url("**/confirm-email/")
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    page.goto(live_server.url + link)
    page.locator("main button[type=submit]").click()
    page.fill("#id_business_number", "211-87-00616")
    page.locator("main #id_name").fill("새별열기")
    page.select_option("#id_region", "BUSAN")
    assert faults_of(page) == []
    page.get_by_role("button", name=go_on).click()
    page.fill("#id_text", "도장 건조로 배기열을 60% 이상 회수하는 판형 열교환기를 만듭니다.")
    page.get_by_role("button", name=show).click()

    expect(page.get_by_role("heading", name=needed)).to_be_visible()
    expect(
        page.get_by_role("link", name="도장 건조로 배기열을 회수하는 판형 열교환기")
    ).to_be_visible()
    assert faults_of(page) == []
    assert Offer.objects.get().need == need


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_an_introduction_ends_in_a_dated_next_step(cast, live_server, sit_down, language, width):
    made = cast.introduction()
    address = live_server.url + made.get_absolute_url()
    says = {
        "ko": (
            "보내기",
            "만날 시간 제안하기",
            "제안하기",
            "이 시간 좋아요",
            "상담 결과 적기",
            "저장",
        ),
        "en": (
            "Send",
            "Propose times",
            "Propose",
            "This suits us",
            "Write down what came of it",
            "Save",
        ),
    }
    send, propose_times, propose, suits, write_down, save = says[language]
    firm, buyer = sit_down(cast["supplier"], language, width), sit_down(cast["member"], language)

    firm.goto(address)
    firm.fill("#id_text", "공장을 먼저 보고 싶어요.")
    firm.get_by_role("button", name=send, exact=True).click()
    firm.get_by_text(propose_times, exact=True).click()
    firm.fill("#id_place", "창원 공장 2층")
    firm.get_by_role("button", name=propose, exact=True).click()
    assert faults_of(firm) == []
    buyer.goto(address)
    expect(buyer.get_by_text("공장을 먼저 보고 싶어요.")).to_be_visible()
    buyer.get_by_role("button", name=suits).click()
    with buyer.expect_download() as download:
        buyer.locator("a[href$='.ics']").click()
    assert download.value.suggested_filename.endswith(".ics")
    MeetingProposal.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    buyer.get_by_role("link", name=write_down).click()
    buyer.check("input[name=next_step][value=PURCHASE_TALK]")
    buyer.select_option("#id_owner", str(cast["supplier"].pk))
    due = timezone.localdate() + timedelta(days=10)
    buyer.fill("#id_due_on", due.isoformat())
    buyer.get_by_role("button", name=save, exact=True).click()

    expect(buyer.get_by_text(due.isoformat()).first).to_be_visible()
    assert faults_of(buyer) == []
    assert Introduction.objects.get().stage == "MET"
    record = ConsultationRecord.objects.get()
    assert (record.owner, record.due_on) == (cast["supplier"], due)
