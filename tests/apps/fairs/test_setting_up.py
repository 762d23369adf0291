"""A fair is set up in minutes, copied without its people, and moves as its table says."""

from datetime import date, time

import pytest
from django.utils.timezone import localtime

from dure.apps.fairs.models import DeskDuty, Fair, Meeting, Timetable
from dure.apps.fairs.notices import fair_wishes
from dure.apps.fairs.operations import (
    Day,
    HallPlan,
    Pause,
    copy_fair,
    edit_fair,
    give_desk_duty,
    move,
    set_days,
    set_halls,
    set_up_fair,
    take_desk_duty,
)
from dure.apps.fairs.queries import meeting_slots, tables_to_plan
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FAIR_NEXT, FairStage, TimetableStage
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.conftest import NOON

DAY = date(2026, 12, 3)


def times(slots):
    return [f"{localtime(slot.starts_at):%H:%M}-{localtime(slot.ends_at):%H:%M}" for slot in slots]


def test_set_up_cuts_the_day_around_lunch_and_keeps_tables_free(cast):
    fair = cast.fair(stage=FairStage.DRAFT)

    assert times(meeting_slots(fair)) == [
        "10:00-10:30", "10:30-11:00", "11:00-11:30", "11:30-12:00",
        "13:00-13:30", "13:30-14:00", "14:00-14:30", "14:30-15:00",
    ]  # fmt: skip
    assert times(fair.slots.filter(is_break=True)) == ["12:00-13:00"]
    assert [table.number for table in tables_to_plan(fair)] == [1, 2, 3, 4]
    assert [str(table.hall.name) for table in fair.tables.order_by("number")] == [
        "1관", "1관", "1관", "2관", "2관",
    ]  # fmt: skip


def test_set_up_is_for_officers(cast):
    with pytest.raises(Refused) as refusal:
        set_up_fair(values={"name": "x"}, days=[], halls=[], by=cast["manager"])

    assert refusal.value.reason == Reason.NOT_AN_OFFICER


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ([Day(DAY, time(10), time(10))], Reason.SLOT_TOO_SHORT),
        ([Day(DAY, time(10), time(12), 4)], Reason.SLOT_TOO_SHORT),
        ([Day(DAY, time(10), time(12))] * 2, Reason.SLOTS_OVERLAP),
        ([Day(DAY, time(10), time(12), 20, (Pause(time(11), time(11)),))], Reason.SLOT_TOO_SHORT),
    ],
)
def test_set_days_is_refused(cast, days, reason):
    fair = cast.fair(stage=FairStage.DRAFT)

    with pytest.raises(Refused) as refusal:
        set_days(fair=fair, days=days, by=cast["officer"])

    assert refusal.value.reason == reason
    assert meeting_slots(fair).count() == 8


def test_set_days_keeps_slots_whose_times_stay(cast):
    fair = cast.fair()
    before = {slot.starts_at: slot.pk for slot in meeting_slots(fair)}

    set_days(fair=fair, days=[Day(DAY, time(10), time(11), 30)], by=cast["officer"])

    assert [slot.pk for slot in meeting_slots(fair)] == list(before.values())[:2]


@pytest.fixture
def planned(cast):
    """A fair with a draft that has a meeting in the last slot, at the last table."""
    fair = cast.fair(stage=FairStage.PLANNING)
    timetable = Timetable.objects.create(
        fair=fair, number=1, created_by=cast["officer"], created_at=NOON
    )
    Meeting.objects.create(
        timetable=timetable,
        pair=cast.pair(fair),
        slot=meeting_slots(fair).last(),
        table=fair.tables.get(number=5),
    )
    return fair


def test_slots_and_tables_in_use_stay(cast, planned):
    shorter = [Day(DAY, time(10), time(11), 30)]

    with pytest.raises(Refused) as of_slots:
        set_days(fair=planned, days=shorter, by=cast["officer"])
    with pytest.raises(Refused) as of_tables:
        set_halls(fair=planned, halls=[HallPlan("1관", 2)], by=cast["officer"])

    assert of_slots.value.reason == of_tables.value.reason == Reason.SLOT_IN_USE
    assert (meeting_slots(planned).count(), planned.tables.count()) == (8, 5)


def test_set_halls_moves_tables_and_their_share(cast, planned):
    halls = [HallPlan("본관", 10, "Main hall")]

    set_halls(fair=planned, halls=halls, spare_percent=10, by=cast["officer"])

    assert list(planned.halls.values_list("name", "name_en")) == [("본관", "Main hall")]
    assert list(tables_to_plan(planned).values_list("number", flat=True)) == list(range(1, 10))
    assert Meeting.objects.get().table.number == 5


def test_copy_takes_the_frame_and_nobody(cast):
    fair = cast.fair(stage=FairStage.CLOSED, most_musts=7)
    cast.registration(fair, cast.buyer)

    copy = copy_fair(fair=fair, name="2027", first_day=date(2027, 11, 23), by=cast["officer"])

    assert (copy.stage, copy.most_musts, copy.copied_from) == (FairStage.DRAFT, 7, fair)
    assert times(copy.slots.order_by("starts_at")) == times(fair.slots.order_by("starts_at"))
    assert {localtime(slot.starts_at).date() for slot in copy.slots.all()} == {date(2027, 11, 23)}
    assert list(copy.tables.order_by("number").values_list("hall__name", "is_spare")) == list(
        fair.tables.order_by("number").values_list("hall__name", "is_spare")
    )
    assert copy.registrations.count() == 0
    assert fair.slots.count() == 9


def test_edit_is_refused_when_somebody_was_faster(cast):
    fair = cast.fair()
    seen_at = fair.updated_at
    edit_fair(fair=fair, values={"place": "부산"}, seen_at=seen_at, by=cast["officer"])

    with pytest.raises(Refused) as refusal:
        edit_fair(fair=fair, values={"place": "서울"}, seen_at=seen_at, by=cast["officer2"])

    assert refusal.value.reason == Reason.CHANGED_MEANWHILE
    assert Fair.objects.get().place == "부산"


@pytest.mark.parametrize("stage", FairStage)
@pytest.mark.parametrize("after", FairStage)
def test_a_fair_moves_as_its_table_says(cast, stage, after):
    reason = {"cancellation_reason": "눈"} if stage == FairStage.CANCELLED else {}
    fair = cast.fair()
    Fair.objects.filter(pk=fair.pk).update(stage=stage, **reason)
    Timetable.objects.create(
        fair=fair, number=1, stage=TimetableStage.RELEASED, created_by=cast["officer"], created_at=NOON,
        released_by=cast["officer"], released_at=NOON,
    )  # fmt: skip

    if after in FAIR_NEXT[stage]:
        moved = move(fair=fair, stage=after, reason="태풍", by=cast["officer"], at=NOON)
        assert moved.stage == after
    else:
        with pytest.raises(Refused) as refusal:
            move(fair=fair, stage=after, reason="태풍", by=cast["officer"], at=NOON)
        assert refusal.value.reason == Reason.STAGE_CLOSED


def refused(fair, stage, by):
    with pytest.raises(Refused) as refusal:
        move(fair=fair, stage=stage, by=by, at=NOON)
    return refusal.value.reason


def test_moves_have_their_conditions(cast):
    officer = cast["officer"]
    empty = set_up_fair(values={"name": "x", "place": "y"}, days=[], halls=[], by=officer)
    without_tables = set_up_fair(
        values={"name": "x", "place": "y"}, days=[Day(DAY, time(9), time(12))], halls=[], by=officer
    )

    assert refused(empty, FairStage.REGISTRATION, officer) == Reason.NO_SLOTS
    assert refused(without_tables, FairStage.REGISTRATION, officer) == Reason.NO_TABLES
    assert refused(empty, FairStage.CANCELLED, officer) == Reason.REASON_MISSING
    planning = cast.fair(stage=FairStage.PLANNING)
    assert refused(planning, FairStage.RELEASED, officer) == Reason.NO_RELEASED_TIMETABLE
    assert refused(planning, FairStage.WISHES, cast["manager"]) == Reason.NOT_AN_OFFICER


def test_opening_the_wishes_tells_those_who_come(cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    cast.registration(fair, cast.buyer)
    cast.registration(fair, cast.rival, stage="APPLIED")

    move(fair=fair, stage=FairStage.WISHES, by=cast["officer"], at=NOON)

    notices = Notice.objects.filter(kind=fair_wishes.code)
    assert {notice.recipient for notice in notices} == {cast["member"], cast["manager"]}


def test_desk_duty_is_given_and_taken(cast):
    fair = cast.fair()

    duty = give_desk_duty(fair=fair, person=cast["newcomer"], by=cast["officer"], at=NOON)
    take_desk_duty(duty=duty, by=cast["officer"])

    assert not DeskDuty.objects.exists()
