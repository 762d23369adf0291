"""In a real browser: a trainee takes the last seat on a phone, another waits, the office closes the course."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.training import operations
from dure.apps.training.models import Certificate
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {"register": "신청하기", "wait": "대기 신청하기", "back": "신청 취소하기", "waiting": "대기",
           "seat": "신청 완료", "noted": "출석", "save": "저장", "close": "마감하고 수료증 내기",
           "paper": "수료증(PDF)", "feedback": "의견 보내기", "send": "보내기"},
    "en": {"register": "Register", "wait": "Join the waiting list", "back": "Give the seat back",
           "waiting": "On the waiting list", "seat": "Has a seat", "noted": "Attendance",
           "save": "Save", "close": "Close and issue certificates", "paper": "Certificate (PDF)",
           "feedback": "Give feedback", "send": "Send"},
}  # fmt: skip


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


@pytest.fixture
def course(cast):
    """A course with one seat, in a week."""
    now = timezone.now()
    values = {
        "kind": "COURSE", "topic": "PATENTS", "level": "BASIC", "title": "특허 첫걸음",
        "title_en": "", "text": "출원 전략", "host": "", "seats": 1, "percent": 80,
        "register_until": timezone.localdate(now) + timedelta(days=3),
    }  # fmt: skip
    course = operations.offer(values=values, by=cast["officer"], at=now)
    day = {"starts_at": now + timedelta(days=7), "ends_at": now + timedelta(days=7, hours=4),
           "place": "온라인", "text": ""}  # fmt: skip
    operations.add_day(course=course, values=day, by=cast["officer"])
    return operations.publish(course=course, by=cast["officer"])


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_from_a_seat_to_a_certificate(cast, live_server, sit_down, course, language, width):
    says, root = SAYS[language], live_server.url + "/training/"
    address = live_server.url + course.get_absolute_url()

    first = sit_down(cast["supplier"], language, width)
    assert faults_at(first, root) == []
    first.goto(address)
    follow(first, says["register"])
    expect(first.locator("#id_organisation")).to_be_visible()
    assert faults_of(first) == []
    press(first, says["register"])
    expect(first.locator("main")).to_contain_text(says["seat"])
    assert faults_of(first) == []

    second = sit_down(cast["rival"], language, width)
    second.goto(address)
    follow(second, says["wait"])
    expect(second.locator("#id_organisation")).to_be_visible()
    press(second, says["register"])
    expect(second.locator("main")).to_contain_text(says["waiting"])
    press(first, says["back"])
    expect(first.get_by_role("button", name=says["back"])).to_have_count(0)
    second.goto(address)
    expect(second.locator("main")).to_contain_text(says["seat"])

    past = timezone.now() - timedelta(days=1)
    course.days.update(starts_at=past, ends_at=past + timedelta(hours=4))
    office = sit_down(cast["officer"], language, width)
    office.goto(address)
    follow(office, says["noted"])
    expect(office.locator("input[name=present]")).to_have_count(1)
    assert faults_of(office) == []
    office.locator("input[name=present]").check()
    press(office, says["save"])
    expect(office.locator("#participants")).to_be_visible()
    press(office, says["close"])
    expect(office.locator("#feedback")).to_be_visible()
    assert faults_of(office) == []

    second.goto(address)
    expect(second.get_by_role("link", name=says["paper"])).to_be_visible()
    follow(second, says["feedback"])
    second.locator("input[name=score]").first.check()
    assert faults_of(second) == []
    press(second, says["send"])
    expect(second.get_by_role("link", name=says["paper"])).to_be_visible()

    visitor = sit_down(None, language, width)
    number = Certificate.objects.get().number
    assert faults_at(visitor, f"{root}check/?number={number}") == []
    expect(visitor.locator("main")).to_contain_text("특허 첫걸음")
