"""In a real browser: a firm asks on a phone, the body finds a partner, the partner answers, it ends with
a report; a dispute gathers its evidence; a pool of experts leads to a request."""

import re

import pytest
from playwright.sync_api import expect

from dure.apps.support import operations
from dure.apps.support.kinds import pools
from dure.apps.support.models import Candidate, Evidence, SupportRequest, Task
from tests.accessibility import faults_of
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {
        "ask": "맞춤형 기술파트너 신청하기", "send": "요청", "owner": "담당자 없음", "take": "맡기",
        "propose": "상대 제안하기", "this": "제안하기", "want": "이 상대를 원해요",
        "introduce": "소개하기", "agree": "수락하기", "working": "함께 해결 중", "visit": "방문 기록하기",
        "save": "저장", "report": "보고서 쓰기", "reporting": "보고서", "end": "마침", "solved": "해결",
        "gather": "증거 모으기", "paper": "문서(PDF)", "panel": "위원 지명하기",
        "new": "교류 프로그램 등록", "task": "과제 기록하기", "link": "지원에 연계하기", "linked": "지원 연계",
    },
    "en": {
        "ask": "Ask for Technology partner", "send": "Ask", "owner": "Nobody owns it",
        "take": "Take on", "propose": "Propose a partner", "this": "Propose",
        "want": "We would like this partner", "introduce": "Introduce", "agree": "Agree",
        "working": "Being solved", "visit": "Note a visit", "save": "Save",
        "report": "Write the report", "reporting": "Report", "end": "Ended", "solved": "Solved",
        "gather": "Gather evidence", "paper": "The paper (PDF)",
        "panel": "Name a member of the panel", "new": "New exchange programme",
        "task": "Note a task", "link": "Link to support", "linked": "Linked to support",
    },
}  # fmt: skip


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_from_a_difficulty_to_its_solution(cast, live_server, sit_down, language, width):
    says = SAYS[language]
    cast.support_body()
    profile = cast.partner_profile()

    firm = sit_down(cast["supplier"], language, width)
    firm.goto(live_server.url + "/support/")
    assert faults_of(firm) == []
    follow(firm, says["ask"])
    assert faults_of(firm) == []
    firm.fill("#id_title", "가스 센서 감도 개선")
    firm.fill("#id_value_difficulty", "배터리 가스 감지 센서의 감도가 낮아요.")
    press(firm, says["send"])
    expect(firm.get_by_role("heading", name="가스 센서 감도 개선")).to_be_visible()
    expect(firm.locator("#asked")).to_contain_text(says["owner"])
    assert faults_of(firm) == []
    url = firm.url

    body = sit_down(cast["matcher"], language)
    body.goto(live_server.url + "/")
    body.get_by_role("link", name="가스 센서 감도 개선").first.click()
    follow(body, says["take"])
    assert faults_of(body) == []
    press(body, says["take"])
    follow(body, says["propose"])
    expect(body.get_by_role("link", name="김가온")).to_be_visible()
    assert faults_of(body) == []
    press(body, says["this"])
    expect(body.locator("#partners")).to_contain_text("김가온")

    firm.goto(url)
    assert faults_of(firm) == []
    follow(firm, says["want"])
    press(firm, says["want"])
    body.goto(url)
    follow(body, says["introduce"])
    press(body, says["introduce"])
    expect(body.locator("#partners")).to_contain_text("김가온")

    partner = sit_down(cast["professor"], language, 390)
    partner.goto(live_server.url + Candidate.objects.get().get_absolute_url())
    assert faults_of(partner) == []
    follow(partner, says["agree"])
    partner.fill("#id_role", "촉매 설계")
    assert faults_of(partner) == []
    press(partner, says["agree"])
    expect(partner.locator("main")).to_contain_text("촉매 설계")

    body.goto(url)
    follow(body, says["working"])
    press(body, says["save"])
    follow(body, says["visit"])
    body.fill("#id_hours", "3")
    body.fill("#id_text", "코팅 조건을 바꿨어요.")
    assert faults_of(body) == []
    press(body, says["save"])
    expect(body.locator("#visits")).to_contain_text("코팅 조건")
    follow(body, says["report"])
    body.fill("#id_text", "감도가 3배 높아졌어요.")
    press(body, says["reporting"])
    follow(body, says["end"])
    body.select_option("#id_outcome", "solved")
    press(body, says["save"])
    expect(body.locator(".krds-alert, [role=status], main").first).to_contain_text(says["solved"])
    assert faults_of(body) == []
    made = SupportRequest.objects.get()
    assert (made.outcome, made.candidates.get().profile) == ("solved", profile)
    body.goto(live_server.url + "/support/requests/")
    assert faults_of(body) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_a_dispute_gathers_its_evidence(cast, live_server, sit_down, language, width):
    says = SAYS[language]
    case = cast.owned_request("mediation")
    room = cast.room()
    cast.room_item(room, "HAND_OVER", names=["밸브.pdf"], text="도면을 넘겨요.")

    firm = sit_down(cast["supplier"], language, width)
    firm.goto(live_server.url + case.get_absolute_url())
    press(firm, says["gather"])
    expect(firm.get_by_role("link", name=says["paper"])).to_be_visible()
    assert Evidence.objects.count() == 1
    assert faults_of(firm) == []

    desk = sit_down(cast["matcher"], language, width)
    desk.goto(live_server.url + case.get_absolute_url())
    follow(desk, says["panel"])
    desk.fill("#id_name", "정의장")
    desk.check("#id_is_chair")
    assert faults_of(desk) == []
    press(desk, says["save"])
    expect(desk.locator("#panel")).to_contain_text("정의장")

    other = sit_down(cast["manager"], language, width)
    other.goto(live_server.url + case.get_absolute_url())
    expect(other.locator("#evidence")).to_have_count(0)
    assert faults_of(other) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_a_pool_leads_from_experts_to_support(cast, live_server, sit_down, language, width):
    says = SAYS[language]
    expert = cast.partner_profile()
    operations.invite(profiles=[expert], on=NOON.date(), by=cast["officer"], at=NOON)
    assert pools()["materials"]

    page = sit_down(cast["officer"], language, width)
    page.goto(live_server.url + "/support/pools/")
    assert faults_of(page) == []
    page.goto(live_server.url + "/support/pools/materials/")
    assert faults_of(page) == []
    follow(page, says["new"])
    page.fill("#id_title", "소재 교류의 날")
    press(page, says["save"])
    follow(page, says["task"])
    page.fill("#id_title", "센서 오경보 줄이기")
    assert faults_of(page) == []
    press(page, says["save"])
    follow(page, says["link"])
    page.fill("#id_linked_to", "구매조건부 사업")
    press(page, says["save"])
    expect(page.locator("main")).to_contain_text(re.compile(says["linked"]))
    assert Task.objects.get().linked_to == "구매조건부 사업"
    for path in ("profiles/", "figures/", "bodies/expert/"):
        page.goto(f"{live_server.url}/support/{path}")
        assert faults_of(page) == [], path
