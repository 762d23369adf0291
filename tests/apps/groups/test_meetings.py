"""Meetings: who came by code or list, minutes that another one confirms, photos, calendars."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dure.apps.groups import operations, queries
from dure.apps.groups.models import Meeting
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


@pytest.fixture
def group(cast):
    group = cast.exchange_group()
    cast.second_member(group)
    return group


@pytest.fixture
def running(cast, group):
    """A meeting that began an hour ago."""
    return cast.group_meeting(group, timezone.now() - timedelta(hours=1))


def test_the_members_are_told_and_see_it_on_their_desk(as_role, cast, group):
    begins = timezone.localtime() + timedelta(hours=20)
    as_role("supplier").post(
        reverse("groups:meeting_new", args=[group.pk]),
        {
            "title": "월례회", "starts_at": begins.strftime("%Y-%m-%dT%H:%M"), "place": "창원",
            "ends_at": (begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"), "agenda": "견학",
        },
    )  # fmt: skip

    assert Notice.objects.filter(recipient=cast["member"]).count() == 1
    assert not Notice.objects.filter(recipient=cast["rival"]).exists()
    assert "월례회" in as_role("member").get("/").content.decode()
    meeting = Meeting.objects.get()
    assert as_role("rival").get(meeting.get_absolute_url()).status_code == 404
    as_role("supplier").post(reverse("groups:meeting_call_off", args=[meeting.pk]))
    assert Notice.objects.filter(recipient=cast["member"]).count() == 2


def test_one_scan_is_one_presence_of_a_member_or_a_named_guest(as_role, cast, running):
    door = reverse("groups:door", args=[running.code])

    assert "You are on the list" in as_role("member").post(door).content.decode()
    assert "on the list already" in as_role("member").post(door).content.decode()
    guest = {"name": "나손님", "firm": "다른회사"}
    assert as_role("visitor").post(door, {"name": "", "firm": ""}).status_code == 422
    assert as_role("visitor").post(door, guest).status_code == 200
    assert as_role("visitor").post(door, guest).status_code == 422
    as_role("supplier").post(
        reverse("groups:present", args=[running.pk]), {"name": "라원로", "firm": "열림테크"}
    )

    there = list(running.presences.order_by("pk").values_list("name", "way"))
    assert there == [("member", "CODE"), ("나손님", "CODE"), ("라원로", "LIST")]


def test_the_code_is_good_for_its_meeting_and_its_hours_alone(as_role, cast, group):
    meeting = cast.group_meeting(group)

    def scan(at):
        return operations.come(code=meeting.code, by=cast["member"], at=at)

    early, late = timedelta(minutes=31), timedelta(hours=2, seconds=1)
    assert refused(lambda: scan(NOON - early)) == "CODE_OVER"
    assert refused(lambda: scan(NOON + late)) == "CODE_OVER"
    scan(NOON - timedelta(minutes=29))
    assert as_role("visitor").get(reverse("groups:door", args=["somethingelse"])).status_code == 404
    assert meeting.code not in as_role("member").get(meeting.get_absolute_url()).content.decode()
    operations.call_off(meeting=meeting, by=cast["supplier"], at=NOON)
    assert refused(lambda: scan(NOON)) == "CODE_OVER"


def test_the_code_stands_in_no_history():
    events = Meeting.events.rel.related_model
    assert "code" not in {field.name for field in events._meta.get_fields()}


def test_another_than_the_writer_confirms_and_then_minutes_stand(as_role, cast, group, running):
    as_role("member").post(reverse("groups:door", args=[running.code]))
    write = reverse("groups:minutes", args=[running.pk])
    fields = {"minutes": "공동구매를 하기로 했다.", "result": "공동구매 3건"}
    as_role("supplier").post(write, fields)
    confirm = reverse("groups:confirm", args=[running.pk])

    as_role("supplier").post(confirm)
    running.refresh_from_db()
    assert running.confirmed_at is None
    assert "11월 월례회" in as_role("member").get("/").content.decode()
    assert refused(
        lambda: operations.confirm_minutes(meeting=running, by=cast["rival"], at=timezone.now())
    ) == "WAS_NOT_THERE"  # fmt: skip

    as_role("member").post(confirm)
    running.refresh_from_db()
    assert running.confirmed_by == cast["member"]
    activity = group.activities.get()
    assert (activity.attended, activity.result) == (1, "공동구매 3건")
    group.refresh_from_db()
    assert group.last_met_on == timezone.localdate(running.starts_at)
    page = as_role("supplier").post(write, fields | {"minutes": "다르게"})
    assert page.status_code == 422
    running.refresh_from_db()
    assert running.minutes == "공동구매를 하기로 했다."


def camera_photo():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x8825] = {1: "N", 2: (35.0, 14.0, 0.0)}
    drawn = io.BytesIO()
    Image.new("RGB", (3000, 1500), "navy").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def test_photos_are_drawn_anew_without_place_and_camera(as_role, cast, running):
    assert b"SecretCamera" in camera_photo()
    add = reverse("groups:photo_new", args=[running.pk])
    sent = SimpleUploadedFile("a.jpg", camera_photo(), "image/jpeg")
    as_role("supplier").post(add, {"file": sent, "caption": "단체 사진"})
    photo = running.photos.get()

    shown = as_role("member").get(reverse("groups:photo", args=[photo.pk]))
    assert b"SecretCamera" not in shown.content
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert picture.size == (2000, 1000)
        assert not picture.getexif()
    assert as_role("rival").get(reverse("groups:photo", args=[photo.pk])).status_code == 404
    wrong = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff no picture", "image/jpeg")
    answer = as_role("supplier").post(add, {"file": wrong, "caption": "x"})
    assert answer.status_code == 422
    assert "b.jpg" in answer.content.decode()


def test_a_calendar_has_a_secret_address_that_ends(as_role, cast, group):
    mine = cast.group_meeting(group, timezone.now() + timedelta(days=3))
    other = cast.exchange_group(name="다른 교류회")
    other_meeting = cast.group_meeting(other, timezone.now() + timedelta(days=4))
    change = reverse("groups:calendar")
    as_role("member").post(change, {"group": group.pk})
    address = queries.calendar_of(cast["member"], group)
    feed = reverse("groups:feed", args=[address.token])

    text = as_role("visitor").get(feed).content.decode()
    assert f"group-meeting-{mine.pk}@" in text
    assert f"group-meeting-{other_meeting.pk}@" not in text
    as_role("supplier").post(change)
    both = reverse("groups:feed", args=[queries.calendar_of(cast["supplier"], None).token])
    assert as_role("visitor").get(both).content.decode().count("BEGIN:VEVENT") == 2

    as_role("member").post(change, {"group": group.pk, "end": "1"})
    assert as_role("visitor").get(feed).status_code == 404
    as_role("rival").post(change, {"group": group.pk})
    assert queries.calendar_of(cast["rival"], group) is None


def test_who_left_the_group_reads_no_more_in_the_feed(as_role, cast, group):
    cast.group_meeting(group, timezone.now() + timedelta(days=3))
    operations.renew_calendar(group=group, by=cast["member"])
    feed = reverse("groups:feed", args=[queries.calendar_of(cast["member"], group).token])
    member = group.members.get(organisation=cast.buyer)
    operations.leave(member=member, on=NOON.date(), by=cast["supplier"], today=NOON.date())

    assert "BEGIN:VEVENT" not in as_role("visitor").get(feed).content.decode()
