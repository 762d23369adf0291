"""The board: meetings moved, swapped, placed and taken out by hand, by two officers at once."""

import pytest
from django.db import IntegrityError, transaction

from dure.apps.fairs.models import Level, Meeting, Timetable
from dure.apps.fairs.operations import (
    Step,
    What,
    arrange,
    move_meeting,
    place_pair,
    plan,
    record_wish,
    set_availability,
    set_lock,
    take_out,
    try_move,
)
from dure.apps.fairs.queries import draft_timetable, meeting_slots
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.engines.scheduling import Rule
from dure.foundation.verdict import Refused
from tests.conftest import NOON


@pytest.fixture
def fair(cast):
    """A fair with a draft: the buyer meets the supplier and the stranger, the rival the supplier."""
    fair = cast.fair()
    for name in ("buyer", "rival", "supplier", "stranger"):
        setattr(fair, name, cast.registration(fair, getattr(cast, name)))
    for asking, other, level in (
        (fair.buyer, fair.supplier, Level.MUST),
        (fair.buyer, fair.stranger, Level.MEET),
        (fair.rival, fair.supplier, Level.MEET),
    ):
        record_wish(registration=asking, other=other, level=level, by=cast["officer"], at=NOON)
    fair.stage = FairStage.PLANNING
    fair.save()
    job = Job.objects.create(kind="plan_fair", title="x", requested_by=cast["officer"])
    plan(fair=fair, is_near=False, by=cast["officer"], at=NOON, progress=Progress(job))
    fair.draft = draft_timetable(fair)
    fair.slots_held = list(meeting_slots(fair))
    fair.tables_held = list(fair.tables.order_by("number"))
    return fair


def between(fair, demand, supply):
    return fair.draft.meetings.select_related("timetable__fair", "slot", "table").get(
        pair__demand=demand, pair__supply=supply
    )


def move(cast, meeting, slot, table=None, *, onto=None, revision=0, by="officer"):
    return move_meeting(
        meeting=meeting, slot=slot, table=table, onto=onto, revision=revision, by=cast[by], at=NOON
    )


def test_a_meeting_moves_to_the_nearest_free_table(cast, fair):
    meeting, last = between(fair, fair.buyer, fair.supplier), fair.slots_held[-1]

    move(cast, meeting, last)

    now = Meeting.objects.get(pk=meeting.pk)
    assert (now.slot, now.table, now.revision) == (last, meeting.table, 1)
    fair.draft.refresh_from_db()
    assert (fair.draft.revision, fair.draft.is_optimal) == (1, True)


def test_two_meetings_change_places(cast, fair):
    first, other = (
        between(fair, fair.buyer, fair.stranger),
        between(fair, fair.rival, fair.supplier),
    )
    far = fair.slots_held[-1]
    move(cast, first, far, fair.tables_held[0])
    first.refresh_from_db()

    outcome = move(cast, first, other.slot, other.table, onto=other.pk, revision=1)

    moved, swapped = Meeting.objects.get(pk=first.pk), Meeting.objects.get(pk=other.pk)
    assert outcome.swapped_with == other
    assert (moved.slot_id, moved.table_id) == (other.slot_id, other.table_id)
    assert (swapped.slot, swapped.freed_at, swapped.freed_reason) == (far, None, "")
    # Nothing was cancelled, so no history says so.
    assert [e.revision for e in swapped.events.order_by("pgh_id")] == [0, 1]
    assert [e.revision for e in moved.events.order_by("pgh_id")] == [0, 1, 2]
    assert {e.freed_reason for meeting in (moved, swapped) for e in meeting.events.all()} == {""}


def test_two_meetings_never_stand_at_one_table(fair):
    first, other = (
        between(fair, fair.buyer, fair.stranger),
        between(fair, fair.rival, fair.supplier),
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=first.pk).update(slot=other.slot, table=other.table)


def test_a_conflict_is_refused_with_the_rule_it_breaks(cast, fair):
    first, other = (
        between(fair, fair.buyer, fair.supplier),
        between(fair, fair.buyer, fair.stranger),
    )
    taken = fair.draft.meetings.filter(slot=other.slot).values_list("table", flat=True)
    free = next(table for table in fair.tables_held if table.pk not in taken)

    with pytest.raises(Refused) as refused:
        move(cast, first, other.slot, free)

    codes = {violation.code for violation in refused.value.details["violations"]}
    assert codes == {Rule.TOO_MANY_AT_ONCE}
    assert Meeting.objects.get(pk=first.pk).slot == first.slot


def test_trying_says_the_cost_and_changes_nothing(cast, fair):
    meeting = between(fair, fair.buyer, fair.stranger)
    spare = fair.tables_held[-1]

    outcome = try_move(
        meeting=meeting, slot=fair.slots_held[-1], table=spare, by=cast["officer"], at=NOON
    )

    assert outcome.violations == ()
    assert outcome.cost.weight == 0
    assert outcome.cost.uses_spare
    assert outcome.cost.waiting[fair.buyer.pk] > 0
    assert Meeting.objects.get(pk=meeting.pk).revision == 0


def test_the_second_of_two_officers_is_refused(cast, fair):
    meeting = between(fair, fair.buyer, fair.supplier)
    move(cast, meeting, fair.slots_held[-1])

    with pytest.raises(Refused) as refused:
        move(cast, meeting, fair.slots_held[-2], by="officer2")

    assert refused.value.reason == Reason.CHANGED_MEANWHILE
    assert refused.value.details["meeting"] == meeting.pk
    assert Meeting.objects.get(pk=meeting.pk).slot == fair.slots_held[-1]


def test_a_place_that_filled_meanwhile_is_not_swapped_unseen(cast, fair):
    first, other = (
        between(fair, fair.buyer, fair.stranger),
        between(fair, fair.rival, fair.supplier),
    )
    far, table = fair.slots_held[-1], fair.tables_held[0]
    move(cast, other, far, table, by="officer2")

    with pytest.raises(Refused) as refused:
        move(cast, first, far, table)

    assert refused.value.reason == Reason.CHANGED_MEANWHILE
    assert refused.value.details["meeting"] == other.pk


def test_a_locked_meeting_stays(cast, fair):
    meeting = between(fair, fair.buyer, fair.supplier)
    set_lock(meeting=meeting, is_locked=True, revision=0, by=cast["officer"])

    with pytest.raises(Refused) as moved:
        move(cast, meeting, fair.slots_held[-1], revision=1)
    with pytest.raises(Refused) as taken:
        take_out(meeting=meeting, revision=1, by=cast["officer"], at=NOON)

    assert {moved.value.reason, taken.value.reason} == {Reason.MEETING_LOCKED}


def test_what_is_taken_out_stands_without_a_place_and_can_be_put_back(cast, fair):
    meeting = between(fair, fair.buyer, fair.supplier)
    take_out(meeting=meeting, revision=0, by=cast["officer"], at=NOON)
    fair.draft.refresh_from_db()
    assert [(row.pair_id, row.weight) for row in fair.draft.unplaced.all()] == [
        (meeting.pair_id, 30)
    ]
    assert not fair.draft.is_optimal

    place_pair(
        timetable=fair.draft, pair=meeting.pair, slot=meeting.slot, table=meeting.table,
        by=cast["officer"], at=NOON,
    )  # fmt: skip

    fair.draft.refresh_from_db()
    assert fair.draft.unplaced.count() == 0
    assert fair.draft.is_optimal


def test_a_fault_of_before_does_not_forbid_other_moves(cast, fair):
    broken = between(fair, fair.buyer, fair.supplier)
    set_availability(
        registration=fair.supplier, absent=[broken.slot_id], by=cast["officer"], at=NOON
    )

    move(cast, between(fair, fair.buyer, fair.stranger), fair.slots_held[-1])


def test_nobody_else_moves_meetings_and_released_ones_stay(cast, fair):
    meeting = between(fair, fair.buyer, fair.supplier)
    with pytest.raises(Refused) as refused:
        move(cast, meeting, fair.slots_held[-1], by="manager")
    assert refused.value.reason == Reason.NOT_AN_OFFICER

    Timetable.objects.filter(pk=fair.draft.pk).update(
        stage="RELEASED", released_by=cast["officer"], released_at=NOON
    )
    with pytest.raises(Refused) as refused:
        move(cast, meeting, fair.slots_held[-1])
    assert refused.value.reason == Reason.NO_DRAFT


def state(fair):
    return sorted(fair.draft.meetings.values_list("pair", "slot", "table", "is_locked"))


@pytest.mark.parametrize("what", ["move", "swap", "out", "lock"])
def test_every_change_says_what_takes_it_back(cast, fair, what):
    first, other = (
        between(fair, fair.buyer, fair.stranger),
        between(fair, fair.rival, fair.supplier),
    )
    far = fair.slots_held[-1]
    if what == "swap":
        move(cast, first, far, fair.tables_held[0])
        first.refresh_from_db()
    step = {
        "move": Step(What.MOVE, first.pk, slot=far.pk),
        "swap": Step(
            What.MOVE, first.pk, slot=other.slot_id, table=other.table_id, onto=other.pk, revision=1
        ),
        "out": Step(What.OUT, first.pk),
        "lock": Step(What.LOCK, first.pk),
    }[what]
    before = state(fair)

    done = arrange(timetable=fair.draft, step=step, by=cast["officer"], at=NOON)
    between_times = state(fair)
    back = arrange(timetable=fair.draft, step=done.inverse, by=cast["officer"], at=NOON)

    assert between_times != before
    assert state(fair) == before
    assert back.inverse.what == step.what


def test_a_step_to_a_place_that_is_gone_is_refused(cast, fair):
    meeting = between(fair, fair.buyer, fair.stranger)

    with pytest.raises(Refused) as refusal:
        arrange(
            timetable=fair.draft,
            step=Step(What.MOVE, meeting.pk, slot=0),
            by=cast["officer"],
            at=NOON,
        )

    assert refusal.value.reason == Reason.CHANGED_MEANWHILE
