"""A meeting from its notice to minutes that all who were there confirm."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dure.apps.councils import operations
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import Meeting, Seat
from dure.apps.councils.stages import MeetingStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(cast):
    return cast.council_seats()


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


def test_a_meeting_is_planned_called_and_opened_on_the_pages(as_role, cast, seats):
    cast.secretary()
    starts = timezone.localtime() + timedelta(days=10)
    made = as_role("officer").post(
        reverse("councils:meeting_new", args=["win-win"]),
        {"title": "제9차 회의", "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
         "online_url": "https://meet.example.org/9"},
    )  # fmt: skip
    assert made.status_code == 302
    meeting = Meeting.objects.get()
    move = reverse("councils:meeting_move", args=[meeting.pk])
    assert as_role("reviewer").get(meeting.get_absolute_url()).status_code == 404
    as_role("officer").post(move, {"stage": "CALLED"})
    meeting.refresh_from_db()
    assert meeting.stage == MeetingStage.PLANNED  # there is no agenda
    as_role("officer").post(
        reverse("councils:item_new", args=[meeting.pk]), {"title": "운영 규정", "text": "개정"}
    )
    as_role("officer").post(move, {"stage": "CALLED"})

    assert as_role("reviewer").get(meeting.get_absolute_url()).status_code == 200
    assert Notice.objects.filter(recipient=cast["reviewer"], facts__event="CALLED").exists()


def test_a_meeting_is_called_as_many_days_before_as_the_file_says(cast):
    by = cast.secretary()
    values = {"title": "급한 회의", "starts_at": NOON + timedelta(days=6), "place": "서울"}
    meeting = operations.plan(council=councils()["win-win"], values=values, by=by, at=NOON)
    operations.add_item(meeting=meeting, title="안건", text="", model=None, by=by)

    assert (
        refused(lambda: operations.move_meeting(meeting=meeting, stage="CALLED", by=by, at=NOON))
        == "NOTICE_TOO_SHORT"
    )


def test_papers_of_a_secret_model_open_only_for_who_has_promised(as_role, cast, seats):
    model = cast.win_win_model()
    meeting = cast.council_meeting(seats=seats, model=model)
    as_role("officer").post(
        reverse("councils:paper_new", args=[meeting.items.get().pk]),
        {"file": SimpleUploadedFile("심의자료.pdf", b"%PDF-1.4 paper")},
    )
    address = reverse("councils:paper", args=[meeting.items.get().papers.get().pk])

    assert as_role("reviewer").get(address).status_code == 404
    operations.undertake(model=model, by=cast["reviewer"], at=NOON)
    assert as_role("reviewer").get(address).content == b"%PDF-1.4 paper"


def test_members_come_online_by_themselves_and_others_only_by_the_secretary(as_role, cast, seats):
    meeting = cast.council_meeting()
    address = reverse("councils:attend", args=[meeting.pk])

    as_role("reviewer").post(address, {"seat": seats[0].pk, "way": "ONLINE"})
    assert (
        as_role("reviewer").post(address, {"seat": seats[1].pk, "way": "ROOM"}).status_code == 404
    )
    as_role("officer").post(address, {"seat": seats[1].pk, "way": "ROOM"})
    as_role("reviewer").post(address, {"seat": seats[0].pk})

    came = {attendance.seat_id: attendance for attendance in meeting.attendances.all()}
    assert came[seats[0].pk].way == "ONLINE"
    assert came[seats[0].pk].left_at is not None
    assert came[seats[1].pk].left_at is None


def test_a_meeting_does_not_end_with_a_vote_that_is_open(cast, seats):
    meeting = cast.council_meeting(seats=seats)
    cast.council_vote(meeting, rule="procedure", is_secret=False)

    assert (
        refused(
            lambda: operations.move_meeting(
                meeting=meeting, stage="CLOSED", by=cast["officer"], at=NOON
            )
        )
        == "VOTE_OPEN"
    )


def test_minutes_stand_when_all_who_were_there_have_said_yes(as_role, cast, seats):
    meeting = cast.council_meeting(seats=seats[:2])
    operations.move_meeting(meeting=meeting, stage="CLOSED", by=cast["officer"], at=NOON)
    for text in ("모두 찬성", "한 명 반대"):
        as_role("officer").post(reverse("councils:minutes", args=[meeting.pk]), {"text": text})
        meeting.refresh_from_db()
        as_role("reviewer").post(
            reverse("councils:confirm", args=[meeting.pk]),
            {"digest": meeting.minutes_digest, "objection": "" if "반대" in text else "틀려요"},
        )
    assert (
        refused(
            lambda: operations.confirm_minutes(
                meeting=meeting, digest="0" * 64, by=seats[1].user, at=NOON
            )
        )
        == "CHANGED_MEANWHILE"
    )
    meeting.refresh_from_db()
    assert meeting.stage == MeetingStage.CLOSED

    operations.confirm_minutes(
        meeting=meeting, digest=meeting.minutes_digest, by=seats[1].user, at=NOON
    )

    meeting.refresh_from_db()
    assert meeting.stage == MeetingStage.CONFIRMED
    leaf = Entry.objects.get(kind="MINUTES_CONFIRMED").leaf
    assert meeting.minutes_digest in leaf
    assert "찬성" not in leaf
    assert (
        refused(
            lambda: operations.write_minutes(meeting=meeting, text="x", by=cast["officer"], at=NOON)
        )
        == "STAGE_CLOSED"
    )


def test_nobody_sits_twice_at_a_time(cast, seats):
    assert refused(lambda: cast.seat(cast["reviewer"])) == "ALREADY_A_MEMBER"


@pytest.mark.parametrize("members", [5, 500])
def test_a_meeting_of_five_hundred_costs_as_many_queries_as_one_of_five(
    as_role, cast, django_assert_max_num_queries, members
):
    """The secretary finds a member by name, notes it, and the pages stay of one size."""
    vote = cast.general_meeting(members)
    meeting, last = vote.item.meeting, f"회원{members - 1}"
    pages = [
        meeting.get_absolute_url(),
        reverse("councils:attendance", args=[meeting.pk]),
        vote.get_absolute_url(),
    ]
    secretary = as_role("officer")
    for page in pages:
        with django_assert_max_num_queries(40):
            content = secretary.get(page).content
        assert len(content) < 250_000
    attendance = f"{pages[1]}?q={last}"
    assert secretary.get(attendance).content.decode().count("<tr>") == 2
    seat = Seat.objects.get(user__name=last)
    note = reverse("councils:attend", args=[meeting.pk])
    back = secretary.post(note, {"seat": seat.pk, "list": f"q={last}&state=there"})
    assert back["Location"].startswith(pages[1] + "?q=")
    assert meeting.attendances.get(seat=seat).left_at is not None
    rows = secretary.get(pages[1] + "?format=xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(rows)).get_sheet_by_index(0).to_python()
    assert len(sheet) == members + 1
