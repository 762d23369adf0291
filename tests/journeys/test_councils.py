"""In a real browser: a council member votes in secret on a phone, the secretary counts in English."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dure.apps.people.models import User
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {"note": "출석 기록하기", "room": "현장", "leaves": "퇴장"},
    "en": {"note": "Note who comes", "room": "In the room",
           "leaves": "Leaves"},
}  # fmt: skip


def test_a_member_votes_on_a_phone_and_finds_the_own_ballot(cast, live_server, sit_down):
    seats = cast.council_seats()
    model = cast.win_win_model()
    meeting = cast.council_meeting(seats=seats, model=model)
    vote = cast.council_vote(meeting, model)
    for seat in seats[1:]:
        cast.ballot(vote, seat, "recommend")
    member, secretary = sit_down(cast["reviewer"], "ko", 390), sit_down(cast.secretary(), "en")

    member.goto(live_server.url + meeting.get_absolute_url())
    assert faults_of(member) == []
    member.goto(live_server.url + vote.get_absolute_url())
    member.get_by_role("link", name="투표하기").click()
    expect(member.get_by_text("투표하기 전에")).to_be_visible()
    assert faults_of(member) == []
    code = member.locator(".krds-alert .number").inner_text()
    member.get_by_label("부결").check()
    member.get_by_role("button", name="투표하기").click()
    expect(member.get_by_text("5명 중 5명")).to_be_visible()
    assert faults_of(member) == []

    secretary.goto(live_server.url + vote.get_absolute_url())
    assert faults_of(secretary) == []
    secretary.get_by_role("button", name="Close and count").click()
    expect(secretary.get_by_role("heading", name="Result")).to_be_visible()
    assert faults_of(secretary) == []

    member.goto(live_server.url + reverse("councils:vote_check", args=[vote.pk]))
    assert faults_of(member) == []
    member.get_by_label("확인번호").fill(code)
    member.get_by_role("button", name="살펴보기", exact=True).click()
    expect(member.get_by_text("이 표는 집계됐어요")).to_be_visible()
    expect(member.locator(".krds-alert").get_by_text("부결")).to_be_visible()
    secretary.goto(live_server.url + reverse("councils:model", args=[model.pk]))
    assert faults_of(secretary) == []
    secretary.goto(live_server.url + reverse("councils:council", args=["win-win"]))
    assert faults_of(secretary) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_secretary_finds_one_of_many_and_a_member_comes_by_phone(
    cast, live_server, sit_down, language, width
):
    says = SAYS[language]
    meeting = cast.general_meeting(60).item.meeting
    meeting.attendances.filter(seat__user__name__in=("회원7", "회원8")).delete()
    late = User.objects.get(name="회원8")

    secretary = sit_down(cast.secretary(), language, width)
    secretary.goto(live_server.url + meeting.get_absolute_url())
    expect(secretary.locator("main")).to_contain_text("58")
    assert faults_of(secretary) == []
    secretary.get_by_role("link", name=says["note"]).click()
    expect(secretary.locator("tbody tr")).to_have_count(30)
    assert faults_of(secretary) == []
    secretary.goto(live_server.url + reverse("councils:attendance", args=[meeting.pk]) + "?q=회원7")
    expect(secretary.locator("tbody tr")).to_have_count(1)
    secretary.locator("tbody tr").get_by_role("button", name=says["room"]).click()
    expect(secretary.locator("tbody tr")).to_contain_text(says["leaves"])
    assert faults_of(secretary) == []

    phone = sit_down(late, language, 390)
    phone.goto(live_server.url + meeting.get_absolute_url())
    phone.get_by_role("button", name=says["room"], exact=True).click()
    expect(phone.get_by_role("button", name=says["leaves"], exact=True)).to_be_visible()
    assert faults_of(phone) == []
    assert meeting.attendances.filter(left_at=None).count() == 60
