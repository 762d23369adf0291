"""Consultations placed by the timetable engine: hours on both clocks, interpreters, what stands."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.adapter import Frame, slots_of
from dure.apps.exchange.models import Abroad, ExchangeMeeting, Talk
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import MeetingStage
from dure.apps.notices.models import Notice
from dure.engines.scheduling import Cause
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
FRAME = Frame(30, 10, time(9), time(12), tables=5, most=6)


@pytest.fixture
def meeting(cast):
    """A meeting in Jakarta on one morning, with the supplier and three firms from abroad."""
    meeting = cast.exchange_meeting()
    cast.exchange_parts(meeting)
    for name in ("baru", "maju"):
        guest, now = cast.foreigner(f"{name}@example.org"), timezone.now()
        part = operations.apply(
            meeting=meeting, organisation=cast.abroad(guest).organisation, wish="Pumps", by=guest,
            at=now,
        )  # fmt: skip
        operations.answer(part=part, is_selected=True, by=cast["officer"], at=now)
    day = timezone.localdate() + timedelta(days=20)
    meeting = operations.move(
        meeting=meeting, stage=MeetingStage.ARRANGING, by=cast["officer"], at=timezone.now()
    )
    ExchangeMeeting.objects.filter(pk=meeting.pk).update(
        starts_at=datetime.combine(day, time(9), JAKARTA),
        ends_at=datetime.combine(day, time(17), JAKARTA),
    )
    meeting.refresh_from_db()
    return meeting


def place(cast, meeting, **more):
    frame = Frame(**{name: getattr(FRAME, name) for name in FRAME.__slots__} | more)
    return operations.place_talks(
        meeting=meeting, frame=frame, by=cast["officer"], at=timezone.now()
    )


def test_slots_lie_within_the_hours_of_the_place(meeting):
    hours = [since.astimezone(JAKARTA).time() for since, _until in slots_of(meeting, FRAME)]

    assert hours == [time(9), time(9, 40), time(10, 20), time(11)]


def test_every_pair_meets_once_and_nobody_twice_at_a_time(cast, meeting):
    placing = place(cast, meeting)
    again = place(cast, meeting)

    talks = list(Talk.objects.order_by("during"))
    assert len(talks) == len(placing.placed) == 3
    assert len({talk.during.lower for talk in talks}) == 3  # one Korean firm, three guests
    assert {talk.table for talk in talks} == {"1"}
    assert again.placed == ()
    notices = Notice.objects.filter(recipient=cast["supplier"], url=meeting.get_absolute_url())
    assert notices.filter(facts__what="ARRANGED").count() == 1


def test_what_stands_is_not_moved_and_its_hour_is_taken(cast, meeting):
    home = meeting.parts.get(side="HOME")
    guest = meeting.parts.filter(side="ABROAD").order_by("pk").first()
    stands = operations.arrange(
        meeting=meeting, home=home, abroad=guest, starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=30), table="1", by=cast["officer"],
        at=timezone.now(),
    )  # fmt: skip

    placing = place(cast, meeting)

    assert len(placing.placed) == 2
    assert all(placed.during[0] >= stands.during.upper for placed in placing.placed)


def test_no_more_at_a_time_than_interpreters_are_free(cast, meeting):
    nobody = place(cast, meeting, language="id")
    cast.interpreter("id")
    somebody = place(cast, meeting, language="id")

    assert (nobody.placed, nobody.causes) == ((), {Cause.TABLES_FULL: 3})
    assert len(somebody.placed) == 3
    given, lacking = operations.plan_interpreters(meeting=meeting, by=cast["officer"])
    assert (given, lacking) == (3, 0)


def test_before_a_screen_everybody_is_awake(cast, meeting):
    Abroad.objects.filter(organisation__exchange_parts__meeting=meeting).update(
        zone="America/Mexico_City"  # nine in Jakarta is eight in the evening there
    )

    online = place(cast, meeting, form="ONLINE")

    assert [placed.during[1].astimezone(JAKARTA).time() for placed in online.placed] == [
        time(9, 30), time(10, 10), time(10, 50),
    ]  # fmt: skip
    assert {placed.table for placed in online.placed} == {""}
    assert online.causes == {}


def test_a_firm_has_no_more_than_it_may(cast, meeting):
    placing = place(cast, meeting, most=2)

    assert len(placing.placed) == 2
    assert placing.causes == {Cause.LIMIT_REACHED: 1}


def test_only_the_office_places_and_only_while_arranging(cast, meeting):
    with pytest.raises(Refused) as refusal:
        operations.place_talks(meeting=meeting, frame=FRAME, by=cast["supplier"], at=timezone.now())
    assert refusal.value.reason == Reason.NOT_A_RUNNER
    other = cast.exchange_meeting()
    with pytest.raises(Refused) as refusal:
        place(cast, other)
    assert refusal.value.reason == Reason.STAGE_CLOSED


def test_the_page_says_what_was_placed_and_gives_a_calendar_file(as_role, cast, meeting):
    answer = as_role("officer").post(
        reverse("exchange:place", args=[meeting.pk]),
        {"minutes": 30, "pause": 10, "opens": "09:00", "closes": "12:00", "tables": 5, "most": 2,
         "form": "ON_SITE", "language": ""},
        follow=True,
    )  # fmt: skip
    talk = Talk.objects.order_by("during").first()
    file = as_role("supplier").get(reverse("exchange:calendar", args=[talk.pk]))

    page = answer.content.decode()
    assert "Consultations placed: 2." in page
    assert "as many as a firm may have 1" in page
    assert b"DTSTART;TZID=Asia/Jakarta:" in file.content
    assert as_role("rival").get(reverse("exchange:calendar", args=[talk.pk])).status_code == 404
