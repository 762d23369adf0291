"""Briefing sessions, stories, commendations."""

import pytest
from django.urls import reverse

from dure.apps.briefings.models import Briefing, BriefingSeat, Commendation, Story
from dure.apps.briefings.operations import briefings, stories
from dure.apps.briefings.reasons import Reason as BriefingReason
from dure.apps.fairs.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.consultations.conftest import at


@pytest.fixture
def briefing(hall):
    """A session with one seat, at two."""
    return Briefing.objects.create(
        fair=hall.fair, title="미래기술설명회", title_en="Future technology", seats=1,
        starts_at=at(14), ends_at=at(15),
    )  # fmt: skip


@pytest.fixture
def story(cast, hall):
    return stories.write_story(
        fair=hall.fair, values={"title": "열을 되찾다", "body": "첫 상담에서 시작했습니다."},
        by=cast["officer"],
    )  # fmt: skip


def test_the_last_seat_is_taken_once(cast, briefing):
    briefings.take_seat(briefing=briefing, by=cast["member"], at=at(9))

    with pytest.raises(Refused) as refusal:
        briefings.take_seat(briefing=briefing, by=cast["supplier"], at=at(9))
    assert refusal.value.reason == BriefingReason.NO_SEAT_LEFT
    briefings.give_seat_back(briefing=briefing, by=cast["member"], at=at(9))
    briefings.take_seat(briefing=briefing, by=cast["supplier"], at=at(9))
    assert BriefingSeat.objects.get().holder == cast["supplier"]


def test_nobody_has_two_seats(cast, briefing):
    briefing.seats = 5
    briefing.save()
    briefings.take_seat(briefing=briefing, by=cast["member"], at=at(9))

    with pytest.raises(Refused) as refusal:
        briefings.take_seat(briefing=briefing, by=cast["member"], at=at(9))

    assert refusal.value.reason == BriefingReason.SEAT_TAKEN_ALREADY


def test_the_desk_notes_who_came_and_lets_guests_in(cast, briefing):
    briefing.seats = 2
    briefing.save()
    seat = briefings.take_seat(briefing=briefing, by=cast["member"], at=at(9))
    guest = briefings.admit_guest(briefing=briefing, name="이손님", by=cast["officer"], at=at(14))
    seat = briefings.note_attendance(seat=seat, has_come=True, by=cast["officer"], at=at(14))

    assert (seat.attended_at, guest.attended_at) == (at(14), at(14))
    with pytest.raises(Refused):
        briefings.note_attendance(seat=seat, has_come=False, by=cast["member"], at=at(14))
    with pytest.raises(Refused) as refusal:
        briefings.drop_briefing(briefing=briefing, by=cast["officer"])
    assert refusal.value.reason == BriefingReason.SEATS_ARE_TAKEN


def test_seats_never_shrink_below_those_taken(cast, briefing):
    briefings.take_seat(briefing=briefing, by=cast["member"], at=at(9))
    briefing.seats = 0

    with pytest.raises(Refused):
        briefings.edit_briefing(
            briefing=briefing, values={"seats": 0}, by=cast["officer"], at=at(9)
        )


def test_an_officer_sets_up_a_session_and_a_member_sits_down(as_role, hall, clock):
    answer = as_role("officer").post(
        reverse("briefings:briefing_new", args=[hall.fair.pk]),
        {
            "title": "구매방침설명회", "seats": 30, "starts_at": "2026-12-03T13:00",
            "ends_at": "2026-12-03T14:00",
        },
    )  # fmt: skip
    briefing = Briefing.objects.get()
    browser = as_role("supplier")
    listed = browser.get(reverse("briefings:briefings", args=[hall.fair.pk])).content.decode()
    browser.post(reverse("briefings:take_seat", args=[briefing.pk]))

    assert answer.status_code == 302
    assert briefing.starts_at == at(13)
    assert "30 seats left" in listed
    assert briefing.taken.get().holder == hall.cast["supplier"]
    assert browser.get(reverse("briefings:attendance", args=[briefing.pk])).status_code == 404
    assert (
        as_role("officer").get(reverse("briefings:attendance", args=[briefing.pk])).status_code
        == 200
    )


def test_a_story_is_public_only_once_published(as_role, cast, story):
    address = reverse("briefings:story", args=[story.pk])

    assert as_role("visitor").get(address).status_code == 404
    assert as_role("officer").get(address).status_code == 200
    as_role("officer").post(reverse("briefings:story_publish", args=[story.pk]))
    assert "열을 되찾다" in as_role("visitor").get(address).content.decode()
    assert (
        "열을 되찾다"
        in as_role("visitor").get(reverse("briefings:stories_public")).content.decode()
    )
    as_role("officer").post(reverse("briefings:story_publish", args=[story.pk]))
    assert as_role("visitor").get(address).status_code == 404


def test_only_officers_tell_stories(as_role, cast, hall, story):
    with pytest.raises(Refused) as refusal:
        stories.publish_story(story=story, by=cast["member"], at=at(9))

    assert refusal.value.reason == Reason.NOT_AN_OFFICER
    address = reverse("briefings:story_new", args=[hall.fair.pk])
    assert as_role("member").get(address).status_code == 404
    kept = as_role("officer").post(address, {"title": "둘째", "body": "이야기"})
    assert kept["Location"] == reverse("briefings:story", args=[Story.objects.get(title="둘째").pk])


def test_a_change_that_somebody_else_made_is_not_overwritten(cast, story):
    seen = story.updated_at
    stories.edit_story(
        story=story, values={"title": "가", "body": "나"}, seen_at=seen, by=cast["officer"]
    )

    with pytest.raises(Refused) as refusal:
        stories.edit_story(
            story=story, values={"title": "다", "body": "라"}, seen_at=seen, by=cast["officer2"]
        )

    assert refusal.value.reason == Reason.CHANGED_MEANWHILE


def test_commendations_are_noted_and_removed(as_role, hall):
    browser = as_role("officer")
    browser.post(
        reverse("briefings:commend", args=[hall.fair.pk]), {"award": "장관 표창", "name": "김열림"}
    )
    listed = browser.get(reverse("briefings:stories", args=[hall.fair.pk])).content.decode()
    given = Commendation.objects.get()
    browser.post(reverse("briefings:drop_commendation", args=[hall.fair.pk, given.pk]))

    assert "장관 표창" in listed
    assert not Commendation.objects.exists()
