"""In a real browser: a firm looks for a mentor, a coordinator pairs it, the mentor notes a session on a phone."""

import pytest
from playwright.sync_api import expect

from dure.apps.mentoring.models import Pair, Session
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {
        "write": "멘토링 소개 쓰기", "save": "저장", "profile": "멘토링 소개", "look": "멘토 신청하기",
        "take": "맡기", "find": "멘토 찾기", "propose": "두 기업에 제안하기", "yes": "네, 참여해요",
        "goals": "목표 적기", "confirm": "이 목표 확인하기", "session": "멘토링 기록하기",
        "running": "진행 중",
    },
    "en": {
        "write": "Write the mentoring profile", "save": "Save", "profile": "Mentoring profile",
        "look": "Look for a mentor", "take": "Take on", "find": "Find a mentor",
        "propose": "Propose to both", "yes": "Yes, we take part", "goals": "Write the goals",
        "confirm": "Confirm these goals", "session": "Note a session", "running": "Under way",
    },
}  # fmt: skip


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_from_a_wish_to_a_session(cast, live_server, sit_down, language, width):
    says, root = SAYS[language], live_server.url + "/mentoring/"
    cast.mentoring_profile("rival")

    firm = sit_down(cast["supplier"], language, width)
    assert faults_at(firm, root) == []
    follow(firm, says["write"])
    expect(firm.locator("#id_wants")).to_be_visible()
    assert faults_of(firm) == []
    firm.fill("#id_wants", "가스 누출 감지 센서의 양산 품질 관리")
    press(firm, says["save"])
    follow(firm, says["profile"])
    press(firm, says["look"])
    expect(firm.get_by_role("button", name=says["look"])).to_have_count(0)
    assert faults_of(firm) == []

    desk = sit_down(cast["coordinator"], language, width)
    assert faults_at(desk, root + "firms/") == []
    follow(desk, "열림테크")
    press(desk, says["take"])
    follow(desk, says["find"])
    expect(desk.get_by_role("link", name="새솔화학")).to_be_visible()
    assert faults_of(desk) == []
    press(desk, says["propose"])
    expect(desk.locator("#why")).to_be_visible()
    pair = Pair.objects.get()
    address = live_server.url + pair.get_absolute_url()

    mentor = sit_down(cast["rival"], language, 390)
    for page in (mentor, firm):
        assert faults_at(page, address) == []
        press(page, says["yes"])
        expect(page.get_by_role("button", name=says["yes"])).to_have_count(0)
    firm.goto(address)
    follow(firm, says["goals"])
    firm.fill("#id_text_1", "불량률을 낮춰요.")
    firm.fill("#id_measure_1", "2 %에서 1 %로")
    assert faults_of(firm) == []
    press(firm, says["save"])
    expect(firm.locator("#goals")).to_contain_text("불량률을 낮춰요.")

    mentor.goto(address)
    press(mentor, says["confirm"])
    expect(mentor.locator("main")).to_contain_text(says["running"])
    follow(mentor, says["session"])
    mentor.fill("#id_text", "검사 순서를 함께 봤어요.")
    assert faults_of(mentor) == []
    press(mentor, says["save"])
    expect(mentor.locator("#sessions")).to_contain_text("검사 순서를 함께 봤어요.")
    assert faults_of(mentor) == []
    assert Session.objects.get().pair == pair
    for path in ("profiles/", "figures/"):
        assert faults_at(desk, root + path) == []
