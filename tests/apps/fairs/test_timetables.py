"""Timetables: planned by the engine, checked, released with their differences, discarded."""

import time
from datetime import timedelta
from threading import Event

import pytest

from dure.apps.fairs.models import Level, Meeting, Timetable
from dure.apps.fairs.operations import (
    ask_plan,
    ask_what_if,
    capacity_of,
    copy_released,
    differences,
    discard,
    plan,
    record_wish,
    release,
    set_availability,
    set_lock,
    take_out,
    timetables,
    withdraw,
)
from dure.apps.fairs.operations.setting_up import Day, HallPlan
from dure.apps.fairs.queries import draft_timetable, meeting_slots, released_timetable
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage, TimetableStage
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress, run
from dure.apps.notices.models import Notice
from dure.engines import scheduling
from dure.foundation.verdict import Refused
from tests.conftest import NOON


@pytest.fixture
def fair(cast):
    """A fair to be planned: the buyer and the rival would meet the supplier and the stranger."""
    fair = cast.fair()
    for name in ("buyer", "rival", "supplier", "stranger"):
        setattr(fair, name, cast.registration(fair, getattr(cast, name)))
    for asking, other, level in (
        (fair.buyer, fair.supplier, Level.MUST),
        (fair.buyer, fair.stranger, Level.MEET),
        (fair.rival, fair.supplier, Level.MEET),
        (fair.rival, fair.stranger, Level.MEET),
    ):
        record_wish(registration=asking, other=other, level=level, by=cast["officer"], at=NOON)
    fair.stage = FairStage.PLANNING
    fair.save()
    return fair


@pytest.fixture
def make(cast):
    """Plan a fair at once, as the job does."""

    def function(fair, *, is_near=False, at=NOON):
        job = Job.objects.create(kind="plan_fair", title="x", requested_by=cast["officer"])
        plan(fair=fair, is_near=is_near, by=cast["officer"], at=at, progress=Progress(job))
        return draft_timetable(fair)

    return function


def places(timetable):
    rows = timetable.meetings.filter(freed_at__isnull=True)
    return {row.pair_id: (row.slot_id, row.table_id) for row in rows}


def test_every_request_is_held_and_the_draft_is_proven_best(fair, make):
    draft = make(fair)

    assert draft.meetings.count() == 4
    assert (draft.weight, draft.bound, draft.is_optimal) == (60, 60, True)
    assert draft.meetings.filter(table__is_spare=True).count() == 0


def test_the_engine_says_what_more_tables_would_bring(cast, fair):
    only, *others = fair.tables.order_by("pk")
    fair.tables.filter(pk__in=[table.pk for table in others]).update(is_spare=True)
    fair.tables.filter(pk=only.pk).update(is_spare=False)
    later = [slot.pk for slot in meeting_slots(fair)][1:]
    for registration in (fair.buyer, fair.rival, fair.supplier, fair.stranger):
        set_availability(registration=registration, absent=later, by=cast["officer"], at=NOON)
    asked = ask_what_if(fair=fair, tables=1, by=cast["officer"], at=NOON)

    done = run(job_id=str(asked.pk), clock=lambda: NOON)

    assert done.result == {"tables": 1, "now": 1, "then": 2, "more": 1}
    assert not fair.timetables.exists()


def test_only_the_office_asks_what_more_tables_would_bring(cast, fair):
    with pytest.raises(Refused):
        ask_what_if(fair=fair, tables=1, by=cast["rival"], at=NOON)


def test_what_has_no_place_says_why(cast, fair, make):
    slots = [slot.pk for slot in meeting_slots(fair)]
    for registration, absent in ((fair.buyer, slots[1:]), (fair.stranger, slots[:1])):
        set_availability(registration=registration, absent=absent, by=cast["officer"], at=NOON)

    draft = make(fair)

    assert [(row.weight, row.cause) for row in draft.unplaced.all()] == [(10, "NO_COMMON_SLOT")]
    assert draft.is_optimal


def test_a_locked_meeting_stands_when_everything_is_planned_anew(cast, fair, make):
    first = make(fair)
    meeting = first.meetings.select_related("slot").order_by("pk").first()
    last = meeting_slots(fair).last()
    Meeting.objects.filter(pk=meeting.pk).update(slot=last)
    set_lock(meeting=meeting, is_locked=True, revision=0, by=cast["officer"])

    again = make(fair)

    assert places(again)[meeting.pair_id] == (last.pk, meeting.table_id)
    assert again.meetings.get(pair=meeting.pair_id).is_locked
    first.refresh_from_db()
    assert first.stage == TimetableStage.DISCARDED


def test_planning_near_moves_only_what_must_move(cast, fair, make):
    before = places(make(fair))
    withdraw(registration=fair.stranger, by=cast["officer"], at=NOON)

    after = places(make(fair, is_near=True))

    assert len(after) == 2
    assert after.items() <= before.items()


def test_a_plan_is_refused_when_the_draft_was_changed_meanwhile(cast, fair, make, monkeypatch):
    draft = make(fair)
    meeting = draft.meetings.order_by("pk").first()
    solve = timetables.solved

    def slowly(*args, **more):
        set_lock(meeting=meeting, is_locked=True, revision=0, by=cast["officer2"])
        return solve(*args, **more)

    monkeypatch.setattr(timetables, "solved", slowly)
    with pytest.raises(Refused) as refused:
        make(fair)

    assert refused.value.reason == Reason.DRAFT_CHANGED
    assert draft_timetable(fair) == draft


def test_the_released_timetable_stands_when_a_plan_dies(cast, fair, make, monkeypatch):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    before = places(released_timetable(fair))

    def die(*_args, **_more):
        raise SystemExit(9)

    monkeypatch.setattr(scheduling, "check", die)
    with pytest.raises(SystemExit):
        make(fair)

    assert places(released_timetable(fair)) == before
    assert draft_timetable(fair) is None


def test_a_cancelled_plan_ends_at_once_and_leaves_everything_as_it_was(
    cast, fair, make, monkeypatch
):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    before = places(released_timetable(fair))
    asked, ended = Event(), Event()

    def for_ever(*_args, between, **_more):
        asked.set()
        try:
            while True:
                between()
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(scheduling, "solve", for_ever)
    seen = []

    def listener(job):
        seen.append((job.step, job.done, job.total))
        if asked.is_set():
            Job.objects.filter(pk=job.pk).update(is_cancelling=True)

    job = ask_plan(fair=fair, is_near=True, by=cast["officer"], at=NOON)
    begun = time.monotonic()
    job = run(job_id=str(job.pk), clock=lambda: NOON, listener=listener)

    assert job.stage == JobStage.CANCELLED
    assert time.monotonic() - begun < 10  # about a second on a quiet machine
    assert ended.wait(5)
    assert ("Making the timetable", 0, 60) in seen
    assert places(released_timetable(fair)) == before
    assert draft_timetable(fair) is None


def test_release_tells_everybody_and_moves_the_fair(cast, fair, make):
    draft = release(timetable=make(fair), by=cast["officer"], at=NOON)

    fair.refresh_from_db()
    assert fair.stage == FairStage.RELEASED
    assert draft.released_by == cast["officer"]
    notices = Notice.objects.filter(kind="FAIR_TIMETABLE")
    assert {notice.recipient.name for notice in notices} == {
        "member",
        "manager",
        "supplier",
        "rival",
    }
    assert {notice.facts["count"] for notice in notices} == {2}


def test_a_second_release_tells_only_those_whom_it_concerns(cast, fair, make):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    Notice.objects.all().delete()
    draft = copy_released(fair=fair, by=cast["officer"], at=NOON)
    meeting = draft.meetings.get(pair__demand=fair.rival, pair__supply=fair.stranger)
    take_out(meeting=meeting, revision=0, by=cast["officer"], at=NOON)
    draft.refresh_from_db()

    changes = differences(released_timetable(fair), draft)
    release(timetable=draft, by=cast["officer"], at=NOON)

    assert [change.kind for change in changes] == ["GONE"]
    assert {notice.recipient.name for notice in Notice.objects.all()} == {"rival"}
    assert Timetable.objects.filter(fair=fair, stage=TimetableStage.REPLACED).count() == 1


def test_a_draft_that_breaks_a_rule_by_now_is_not_released(cast, fair, make):
    draft = make(fair)
    meeting = draft.meetings.get(pair__demand=fair.buyer, pair__supply=fair.supplier)
    set_availability(
        registration=fair.supplier, absent=[meeting.slot_id], by=cast["officer"], at=NOON
    )

    with pytest.raises(Refused) as refused:
        release(timetable=draft, by=cast["officer"], at=NOON)

    assert refused.value.reason == Reason.TIMETABLE_BROKEN
    assert released_timetable(fair) is None


def test_what_was_given_free_on_the_day_is_not_planned_again(cast, fair, make):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    gone = released_timetable(fair).meetings.order_by("pk").first()
    Meeting.objects.filter(pk=gone.pk).update(freed_at=NOON, freed_reason="NO_SHOW")

    draft = make(fair, is_near=True)

    assert gone.pair_id not in places(draft)
    assert draft.meetings.filter(freed_reason="NO_SHOW").count() == 1
    release(timetable=draft, by=cast["officer"], at=NOON)


def test_a_draft_from_before_a_cancellation_is_not_released(cast, fair, make):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    draft = copy_released(fair=fair, by=cast["officer"], at=NOON)
    gone = released_timetable(fair).meetings.order_by("pk").first()
    Meeting.objects.filter(pk=gone.pk).update(freed_at=NOON, freed_reason="CANCELLED")

    with pytest.raises(Refused) as refused:
        release(timetable=draft, by=cast["officer"], at=NOON)

    assert refused.value.reason == Reason.RELEASED_CHANGED


def test_what_has_begun_stands_when_the_rest_is_planned_again(cast, fair, make):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    slots = list(meeting_slots(fair))
    before = places(released_timetable(fair))
    middle = slots[0].starts_at + timedelta(minutes=5)

    after = places(make(fair, at=middle))

    begun = {pair: place for pair, place in before.items() if place[0] == slots[0].pk}
    assert begun
    assert begun.items() <= after.items()
    assert {p for p, place in after.items() if place[0] == slots[0].pk} == set(begun)


def test_discarding_keeps_what_was_released(cast, fair, make):
    release(timetable=make(fair), by=cast["officer"], at=NOON)
    draft = copy_released(fair=fair, by=cast["officer"], at=NOON)

    discard(timetable=draft, by=cast["officer"])

    assert draft_timetable(fair) is None
    assert released_timetable(fair).number == 1


@pytest.mark.parametrize("role", ["member", "auditor"])
def test_only_officers_plan_and_release(cast, fair, make, role):
    draft = make(fair)

    with pytest.raises(Refused):
        ask_plan(fair=fair, is_near=False, by=cast[role], at=NOON)
    with pytest.raises(Refused):
        release(timetable=draft, by=cast[role], at=NOON)


def test_locks_that_contradict_are_named_before_the_job_is_asked_for(cast, fair, make):
    draft = make(fair)
    meeting = draft.meetings.order_by("pk").first()
    set_lock(meeting=meeting, is_locked=True, revision=0, by=cast["officer"])
    set_availability(
        registration=meeting.pair.demand, absent=[meeting.slot_id], by=cast["officer"], at=NOON
    )

    with pytest.raises(Refused) as refused:
        ask_plan(fair=fair, is_near=True, by=cast["officer"], at=NOON)

    assert refused.value.reason == Reason.LOCKS_CONTRADICT
    assert refused.value.details["pairs"] == [meeting.pair_id]


def test_capacity_says_what_sets_the_limit():
    from datetime import date, time

    day = Day(date(2026, 12, 3), time(10), time(12), 30)

    few_tables = capacity_of(days=[day], halls=[HallPlan("1", 10)], spare_percent=20)
    few_buyers = capacity_of(
        days=[day], halls=[HallPlan("1", 60)], spare_percent=0, expected=(5, 90)
    )

    assert (few_tables.meetings, few_tables.limit, few_tables.spare) == (32, "TABLES", 2)
    assert (few_buyers.meetings, few_buyers.limit) == (20, "DEMAND")
