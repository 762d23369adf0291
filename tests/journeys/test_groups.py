"""In a real browser: a chair on a phone in Korean, a guest at the door, a coordinator in English."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.groups.models import Group, Meeting
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_chair_holds_a_meeting_with_a_phone(cast, live_server, sit_down):
    group = cast.exchange_group()
    cast.second_member(group)
    chair = sit_down(cast["supplier"], "ko", 390)
    begins = timezone.localtime() - timedelta(minutes=10)

    chair.goto(live_server.url + group.get_absolute_url())
    assert faults_of(chair) == []
    chair.get_by_role("link", name="모임 잡기").click()
    chair.get_by_label("제목").fill("12월 월례회")
    chair.get_by_label("시작").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    chair.get_by_label("끝", exact=True).fill(
        (begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    )
    chair.get_by_label("장소").fill("창원 상공회의소")
    chair.get_by_label("안건").fill("내년 회비")
    assert faults_of(chair) == []
    chair.get_by_role("button", name="모임을 잡고 회원에게 알리기").click()
    chair.get_by_role("link", name="12월 월례회").click()
    expect(chair.get_by_text("출석 코드")).to_be_visible()
    assert faults_of(chair) == []

    guest = sit_down(None, "en", 390)
    guest.goto(live_server.url + reverse("groups:door", args=[Meeting.objects.get().code]))
    assert faults_of(guest) == []
    guest.get_by_label("Name").fill("Kim Haneul")
    guest.get_by_label("Organisation").fill("Haneul Foods")
    guest.get_by_role("button", name="I am here").click()
    expect(guest.get_by_text("You are on the list")).to_be_visible()
    assert faults_of(guest) == []

    chair.reload()
    expect(chair.get_by_text("Kim Haneul")).to_be_visible()
    chair.get_by_role("link", name="회의록 쓰기").click()
    chair.get_by_label("회의록").fill("내년 회비를 정했다.")
    chair.get_by_role("button", name="저장").click()
    expect(chair.get_by_text("내년 회비를 정했다.")).to_be_visible()
    assert faults_of(chair) == []
    chair.goto(live_server.url + reverse("groups:money", args=[group.pk]))
    assert faults_of(chair) == []
    chair.goto(live_server.url + reverse("groups:mine"))
    assert faults_of(chair) == []


def test_a_coordinator_turns_a_spark_into_a_project_group(cast, live_server, sit_down):
    group = cast.exchange_group()
    cast.second_member(group)
    cast.firm_strength(
        cast.supplier, cast["supplier"], "Leak sensors", "배터리 가스 감지 센서의 금속 하우징 가공"
    )
    cast.firm_strength(cast.buyer, cast["member"], "금속 하우징 정밀 가공과 방수", "센서")
    coordinator = sit_down(cast["coordinator"], "en")

    coordinator.goto(live_server.url + reverse("groups:strengths"))
    assert faults_of(coordinator) == []
    coordinator.get_by_role("link", name="Who fits? 열림테크").click()
    expect(coordinator.get_by_role("heading", name="Who fits 열림테크?")).to_be_visible()
    assert faults_of(coordinator) == []
    coordinator.get_by_role("button", name="Propose to both").click()
    expect(coordinator.get_by_role("heading", name="Why they fit")).to_be_visible()
    assert faults_of(coordinator) == []
    wants = coordinator.get_by_role("button", name="We want to meet")
    for left in (1, 0):
        wants.first.click()
        expect(wants).to_have_count(left)
    expect(coordinator.get_by_text("An answer was entered in a firm's name")).to_be_visible()
    coordinator.get_by_role("link", name="Write the pre-plan").click()
    coordinator.get_by_label("Pre-plan").fill("A prototype of three sensors.")
    coordinator.get_by_role("button", name="Save").click()
    coordinator.get_by_role("link", name="Found the project group").click()
    coordinator.get_by_label("Name").fill("누출 감지 과제 모임")
    coordinator.get_by_role("button", name="Save").click()
    expect(coordinator.get_by_role("heading", name="Project group")).to_be_visible()
    assert Group.objects.filter(level="PROJECT").count() == 1
    coordinator.goto(live_server.url + reverse("groups:pairs"))
    assert faults_of(coordinator) == []
