"""The desk of a fair: who came, who did not, who walked in, and which places are free again."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime

from dure.apps.consultations.adapter import Hall, to_engine, to_row
from dure.apps.consultations.models import CheckIn, ConsultationRecord, NoShow, Outcome, WalkIn
from dure.apps.consultations.queries import people_of_pair
from dure.apps.consultations.reasons import Reason
from dure.apps.consultations.stages import WALK_IN_NEXT, WalkInStage
from dure.apps.fairs.events import MeetingsChanged
from dure.apps.fairs.models import (
    Attendee,
    Fair,
    FreedReason,
    Meeting,
    Pair,
    Registration,
    Side,
    Timetable,
)
from dure.apps.fairs.notices import fair_timetable
from dure.apps.fairs.operations import let_in_at_desk
from dure.apps.fairs.operations.locks import lock_released, lock_timetable, locked
from dure.apps.fairs.permissions import may_meet, may_run_desk
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.fairs.stages import TimetableStage
from dure.apps.notices.operations import tell
from dure.apps.people.models import OrganisationKind, User
from dure.apps.people.operations import enter_organisation
from dure.apps.people.queries import organisation_with_number
from dure.engines import scheduling
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused


@transaction.atomic
def check_in(*, attendee: Attendee, on: date, by: User, at: datetime) -> CheckIn:
    """Note that somebody came on a day; who is here already stays so. Raises Refused."""
    may_run_desk(by, attendee.registration.fair).require()
    came, _ = CheckIn.objects.get_or_create(attendee=attendee, on=on, defaults={"at": at, "by": by})
    return came


@transaction.atomic
def undo_check_in(*, attendee: Attendee, on: date, by: User) -> None:
    """Take a check-in back. Raises Refused."""
    may_run_desk(by, attendee.registration.fair).require()
    gone, _ = CheckIn.objects.filter(attendee=attendee, on=on).delete()
    if not gone:
        raise Refused(FairReason.NOTHING_TO_TAKE_BACK)


@transaction.atomic
def note_no_show(*, meeting: Meeting, no_show: str, by: User, at: datetime) -> Meeting:
    """Give the place of a meeting free because a side did not come, and keep that. Raises Refused."""
    meeting = _held(meeting, by)
    record = ConsultationRecord.objects.filter(pair=meeting.pair_id).first()
    if record is not None and record.outcome == Outcome.KEPT:
        raise Refused(Reason.RECORDED_AS_HELD)
    _free(meeting, FreedReason.NO_SHOW, at)
    ConsultationRecord.objects.update_or_create(
        pair_id=meeting.pair_id,
        defaults={
            "meeting": meeting,
            "outcome": Outcome.NO_SHOW,
            "no_show": NoShow(no_show),
            "recorded_by": by,
            "recorded_at": at,
        },
    )
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Give the place of a meeting free because it is called off, and tell both. Raises Refused."""
    meeting = _held(meeting, by)
    if ConsultationRecord.objects.filter(pair=meeting.pair_id, outcome=Outcome.KEPT).exists():
        raise Refused(Reason.RECORDED_AS_HELD)
    _free(meeting, FreedReason.CANCELLED, at)
    _tell(meeting.pair, by, at)
    return meeting


@transaction.atomic
def restore_meeting(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Put a freed meeting back in its place, unless somebody else has it now. Raises Refused."""
    timetable = lock_timetable(meeting.timetable_id)
    may_run_desk(by, timetable.fair).require()
    meeting = _locked_meeting(meeting)
    if meeting.freed_at is None or timetable.stage != TimetableStage.RELEASED:
        raise Refused(FairReason.NOTHING_TO_TAKE_BACK)
    was_cancelled = meeting.freed_reason == FreedReason.CANCELLED
    meeting.freed_at, meeting.freed_reason = None, ""
    meeting.revision, meeting.changed_at = meeting.revision + 1, at
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:
        raise Refused(FairReason.PLACE_TAKEN) from None
    if _is_double(meeting):
        raise Refused(FairReason.PLACE_TAKEN)
    ConsultationRecord.objects.filter(pair=meeting.pair_id, outcome=Outcome.NO_SHOW).delete()
    _count_change(timetable)
    if was_cancelled:
        _tell(meeting.pair, by, at)
    announce(MeetingsChanged(timetable.fair_id, at))
    return meeting


@transaction.atomic
def fill_place(*, freed: Meeting, pair: Pair, by: User, at: datetime) -> Meeting:
    """Give the place of a freed meeting to a pair that waits. Raises Refused.

    A walk-in of the pair that waited is answered by it.
    """
    timetable = lock_timetable(freed.timetable_id)
    may_run_desk(by, timetable.fair).require()
    if pair.fair_id != timetable.fair_id:
        raise Refused(FairReason.OTHER_FAIR)
    placed, cause = _place(timetable, pair, {freed.slot_id}, at)
    if placed is None:
        raise Refused(FairReason.PLACE_TAKEN, cause=cause)
    waiting = WalkIn.objects.filter(pair=pair, stage=WalkInStage.WAITING)
    waiting.update(stage=WalkInStage.PLACED, meeting=placed, answered_at=at)
    _tell(pair, by, at)
    return placed


@transaction.atomic
def let_newcomer_in(*, fair: Fair, name: str, number: str, by: User, at: datetime) -> Registration:
    """Register a small firm that stands at the desk, by its name and number. Raises Refused.

    One that the platform does not know yet is entered unverified; an officer looks at it later.
    """
    may_run_desk(by, fair).require()
    organisation = organisation_with_number(number) or enter_organisation(
        values={"name": name.strip(), "business_number": number, "kind": OrganisationKind.SME},
        by=by,
    )
    return let_in_at_desk(fair=fair, organisation=organisation, by=by, at=at)


@transaction.atomic
def take_walk_in(
    *,
    demand: Registration,
    supply: Registration,
    slots: Collection[int],
    keep_waiting: bool = False,
    by: User,
    at: datetime,
) -> WalkIn:
    """Place two who ask at the desk in one of `slots` (ids), or say why not. Raises Refused.

    Nothing that stands is moved. Where there is no room they are refused with the cause, or
    wait for a place that becomes free if they want to (`keep_waiting`).
    """
    may_run_desk(by, demand.fair).require()
    may_meet(demand, supply).require()
    if demand.side != Side.DEMAND:
        demand, supply = supply, demand
    timetable = lock_released(demand.fair_id)
    pair, _ = Pair.objects.get_or_create(
        demand=demand, supply=supply, defaults={"fair": demand.fair}
    )
    waiting = locked(WalkIn.objects.filter(pair=pair, stage=WalkInStage.WAITING)).first()
    walk_in = waiting or WalkIn(fair=demand.fair, pair=pair, requested_by=by, requested_at=at)
    return _answer(walk_in, timetable, set(slots), keep_waiting=keep_waiting, at=at)


@transaction.atomic
def try_again(*, walk_in: WalkIn, slots: Collection[int], by: User, at: datetime) -> WalkIn:
    """Look again for a place for two who wait or were refused. Raises Refused."""
    timetable = lock_released(walk_in.fair_id)
    walk_in = _locked_walk_in(walk_in)
    may_run_desk(by, walk_in.fair).require()
    is_waiting = walk_in.stage == WalkInStage.WAITING
    if not is_waiting and WalkInStage.WAITING not in WALK_IN_NEXT[WalkInStage(walk_in.stage)]:
        raise Refused(FairReason.STAGE_CLOSED)
    return _answer(walk_in, timetable, set(slots), keep_waiting=True, at=at)


@transaction.atomic
def leave(*, walk_in: WalkIn, by: User, at: datetime) -> WalkIn:
    """Note that two who waited went away. Raises Refused."""
    walk_in = _locked_walk_in(walk_in)
    may_run_desk(by, walk_in.fair).require()
    if walk_in.stage != WalkInStage.WAITING:
        raise Refused(FairReason.STAGE_CLOSED)
    walk_in.stage, walk_in.answered_at = WalkInStage.LEFT, at
    walk_in.save()
    return walk_in


def _answer(
    walk_in: WalkIn, timetable: Timetable, slots: set[int], *, keep_waiting: bool, at: datetime
) -> WalkIn:
    placed, cause = _place(timetable, walk_in.pair, slots, at)
    if placed is not None:
        walk_in.stage, walk_in.meeting, walk_in.cause = WalkInStage.PLACED, placed, ""
    else:
        # What no free place can heal is refused even to those who would wait.
        can_wait = keep_waiting and not cause.is_final
        walk_in.stage = WalkInStage.WAITING if can_wait else WalkInStage.REFUSED
        walk_in.meeting, walk_in.cause = None, cause
    walk_in.answered_at = None if walk_in.stage == WalkInStage.WAITING else at
    walk_in.save()
    return walk_in


def _place(
    timetable: Timetable, pair: Pair, slots: set[int], at: datetime
) -> tuple[Meeting, None] | tuple[None, scheduling.Cause]:
    """A new meeting of a pair in one of `slots`, or the engine's cause why there is none.

    Raises Refused, also for two who meet already.
    """
    if Meeting.objects.filter(timetable=timetable, pair=pair, freed_at__isnull=True).exists():
        raise Refused(Reason.MEET_ALREADY)
    if ConsultationRecord.objects.filter(pair=pair, outcome=Outcome.KEPT).exists():
        raise Refused(Reason.MEET_ALREADY)
    hall = to_engine(timetable, localtime(at).date())
    known = {participant.id for participant in hall.fair.participants}
    if not {str(pair.demand_id), str(pair.supply_id)} <= known:
        raise Refused(FairReason.NOT_APPROVED)
    insertion = scheduling.insert(
        hall.fair, hall.meetings, hall.request(pair), slots=hall.places(slots)
    )
    if insertion.meeting is None:
        return None, insertion.cause
    if faults := scheduling.check(_with(hall, pair), insertion.meetings):
        raise Refused(Reason.RESULT_BROKEN, faults=[str(fault) for fault in faults])
    placed = to_row(hall, insertion.meeting, timetable, pair, at)
    placed.save()
    _count_change(timetable)
    announce(MeetingsChanged(timetable.fair_id, at))
    return placed, None


def _with(hall: Hall, pair: Pair) -> scheduling.Fair:
    """The hall's fair with the request of a pair in it, for the check."""
    asked, known = hall.request(pair), hall.fair
    return scheduling.Fair(
        slots=known.slots,
        tables=known.tables,
        participants=known.participants,
        requests=(*known.requests, asked),
        forbidden=known.forbidden,
    )


def _held(meeting: Meeting, by: User) -> Meeting:
    """A meeting of the released timetable that holds its place, locked; for the desk."""
    timetable = lock_timetable(meeting.timetable_id)
    may_run_desk(by, timetable.fair).require()
    meeting = _locked_meeting(meeting)
    if timetable.stage != TimetableStage.RELEASED or meeting.freed_at is not None:
        raise Refused(FairReason.CHANGED_MEANWHILE)
    meeting.timetable = timetable
    return meeting


def _free(meeting: Meeting, reason: FreedReason, at: datetime) -> None:
    meeting.freed_at, meeting.freed_reason = at, reason
    meeting.revision, meeting.changed_at = meeting.revision + 1, at
    meeting.save()
    _count_change(meeting.timetable)
    announce(MeetingsChanged(meeting.timetable.fair_id, at))


def _count_change(timetable: Timetable) -> None:
    Timetable.objects.filter(pk=timetable.pk).update(revision=F("revision") + 1)


def _is_double(meeting: Meeting) -> bool:
    """True when a side sits at more tables in this slot than it can, not counting on wishes."""
    for end in ("demand", "supply"):
        registration = getattr(meeting.pair, end)
        here = Meeting.objects.filter(
            timetable=meeting.timetable_id,
            slot=meeting.slot_id,
            freed_at__isnull=True,
            **{f"pair__{end}": registration},
        )
        if here.count() > registration.parallel:
            return True
    return False


def _locked_meeting(meeting: Meeting) -> Meeting:
    """A meeting and before it its pair, for which somebody may be writing a record."""
    pair = locked(Pair.objects.all()).get(pk=meeting.pair_id)
    meeting = locked(Meeting.objects.all()).get(pk=meeting.pk)
    meeting.pair = pair
    return meeting


def _locked_walk_in(walk_in: WalkIn) -> WalkIn:
    return locked(WalkIn.objects.select_related("fair", "pair")).get(pk=walk_in.pk)


def _tell(pair: Pair, by: User, at: datetime) -> None:
    """Tell the people of both sides that one of their meetings changed."""
    tell(
        recipients=people_of_pair(pair).exclude(pk=by.pk),
        kind=fair_timetable,
        facts={"fair": pair.fair.name, "count": 1, "is_first": False},
        url=f"/fairs/{pair.fair_id}/agenda/",
        at=at,
    )
