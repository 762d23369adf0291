"""In a real browser: a researcher applies on a phone, a firm wants them, they consent, work, and it ends
with a report; then everything that they wrote is erased."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from dure.apps.researchstaff.models import Application, Consent
from dure.apps.support.models import Candidate, SupportRequest
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {
        "apply": "연구자로 등록하기", "send": "등록하기", "propose": "상대 제안하기", "this": "제안하기",
        "want": "이 상대를 원해요", "introduce": "소개하기", "agree": "수락하기",
        "consent": "이 기업에 이름과 연락처 보여 주기", "back": "동의 거두기", "working": "근무 중",
        "save": "저장", "report": "보고서 쓰기", "reporting": "보고서", "end": "기간 만료",
        "placed": "채용·파견 성공", "erase": "거두고 지우기",
    },
    "en": {
        "apply": "Apply as a researcher", "send": "Apply", "propose": "Propose a partner",
        "this": "Propose", "want": "We would like this partner", "introduce": "Introduce",
        "agree": "Agree", "consent": "Let this firm read my name and contact",
        "back": "Take the consent back", "working": "At work", "save": "Save",
        "report": "Write the report", "reporting": "Report", "end": "Term ended",
        "placed": "Placed for the whole term", "erase": "Withdraw and erase",
    },
}  # fmt: skip


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def applied(researcher, root, says):
    assert faults_at(researcher, root + "/researchers/") == []
    follow(researcher, says["apply"])
    expect(researcher.locator("#id_text")).to_be_visible()
    assert faults_of(researcher) == []
    researcher.fill("#id_text", "가스 센서 신호 처리 회로를 연구했어요.")
    researcher.fill("#id_name", "박한결")
    researcher.fill("#id_telephone", "010-0000-1234")
    researcher.check("#id_agrees")
    press(researcher, says["send"])
    expect(researcher.locator("#application")).to_contain_text("박한결")
    assert faults_of(researcher) == []


def introduced(body, firm, url, says):
    body.goto(url)
    follow(body, says["propose"])
    expect(body.get_by_role("button", name=says["this"], exact=True)).to_be_visible()
    press(body, says["this"])
    expect(body.locator("#partners")).to_contain_text("R-")
    firm.goto(url)
    follow(firm, says["want"])
    press(firm, says["want"])
    expect(firm.locator("#partners")).to_be_visible()
    body.goto(url)
    follow(body, says["introduce"])
    press(body, says["introduce"])
    expect(body.locator("#partners")).to_be_visible()


def ended(body, url, says):
    body.goto(url)
    follow(body, says["working"])
    body.fill("#id_value_starts_on", localdate().isoformat())
    press(body, says["save"])
    expect(body.get_by_role("link", name=says["end"], exact=True)).to_be_visible()
    follow(body, says["report"])
    body.fill("#id_text", "신호 처리 회로를 완성했어요.")
    press(body, says["reporting"])
    expect(body.locator("main")).to_contain_text("신호 처리 회로를 완성했어요.")
    follow(body, says["end"])
    body.select_option("#id_outcome", "placed")
    press(body, says["save"])
    expect(body.locator("main")).to_contain_text(says["placed"])


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_from_an_application_to_the_report(cast, live_server, sit_down, language, width):
    says, root = SAYS[language], live_server.url
    request = cast.owned_request("secondment", work="가스 센서 신호 처리 회로를 개발해요.")
    url = root + request.get_absolute_url()
    researcher = sit_down(cast["newcomer"], language, width)
    body, firm = sit_down(cast["matcher"], language), sit_down(cast["supplier"], language, width)

    applied(researcher, root, says)
    introduced(body, firm, url, says)

    meeting = root + Candidate.objects.get().get_absolute_url()
    assert faults_at(researcher, meeting) == []
    press(researcher, says["consent"])
    expect(researcher.get_by_role("button", name=says["back"], exact=True)).to_be_visible()
    assert faults_of(researcher) == []
    assert faults_at(firm, meeting) == []
    expect(firm.locator("#contact")).to_contain_text("010-0000-1234")
    researcher.goto(meeting)
    follow(researcher, says["agree"])
    researcher.fill("#id_role", "신호 처리")
    press(researcher, says["agree"])
    expect(researcher.locator("main")).to_contain_text("신호 처리")

    ended(body, url, says)
    assert faults_of(body) == []
    assert SupportRequest.objects.get().outcome == "placed"
    researcher.goto(root + "/researchers/")
    press(researcher, says["erase"])
    expect(researcher.get_by_role("link", name=says["apply"], exact=True)).to_be_visible()
    assert not Application.objects.exists()
    assert not Consent.objects.exists()
