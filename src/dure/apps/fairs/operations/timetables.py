"""A timetable is planned by the engine as a draft, released to the participants, or discarded."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.fairs import permissions
from dure.apps.fairs.adapter.timetable import (
    Ends,
    Plan,
    ends_in,
    ends_of,
    meetings_to_engine,
    to_engine,
)
from dure.apps.fairs.models import Fair, Meeting, Pair, Timetable, Unplaced
from dure.apps.fairs.notices import fair_timetable
from dure.apps.fairs.operations.locks import lock_fair, lock_timetable
from dure.apps.fairs.operations.setting_up import move
from dure.apps.fairs.operations.solving import solved
from dure.apps.fairs.queries import draft_timetable, meetings_of, released_timetable
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage, TimetableStage
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.engines import scheduling
from dure.foundation.verdict import Refused

PLAN = "plan_fair"
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Change:
    """What is different for a pair between two versions; `before` or `after` is None if it is new
    or gone.
    """

    pair: Pair
    before: Meeting | None
    after: Meeting | None

    @property
    def kind(self) -> str:
        """ADDED, GONE, or MOVED in time, or only to another TABLE."""
        if self.before is None:
            return "ADDED"
        if self.after is None:
            return "GONE"
        return "MOVED" if self.before.slot_id != self.after.slot_id else "TABLE"


@transaction.atomic
def ask_plan(*, fair: Fair, is_near: bool, by: User, at: datetime) -> Job:
    """Put the making of a draft in the queue. Raises Refused.

    `is_near`: keep to the version there is, with the fewest moves; else only what is locked
    stands. Contradicting locks are refused at once, by name in the details.
    """
    permissions.may_plan(by, fair).require()
    running = Job.objects.filter(kind=PLAN, arguments__fair=fair.pk)
    if running.filter(stage__in=(JobStage.WAITING, JobStage.RUNNING)).exists():
        raise Refused(Reason.PLAN_RUNNING)
    plan = _problem(fair, _source(fair), at)
    if not plan.fair.requests and not plan.fair.locked:
        raise Refused(Reason.NOTHING_TO_PLAN)
    if faults := _lock_faults(plan):
        raise Refused(Reason.LOCKS_CONTRADICT, pairs=faults)
    arguments = {"fair": fair.pk, "is_near": is_near}
    return enqueue(kind=PLAN, title=fair.name[:200], arguments=arguments, by=by)


def plan(
    *,
    fair: Fair,
    is_near: bool,
    by: User,
    at: datetime,
    progress: Progress,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """Make a draft of the timetable; the one there was is discarded, the released one stands.

    Nothing is stored before the whole result was checked, so a process that dies here leaves
    everything as it was; so does one that is cancelled. Returns its figures. Raises Refused.
    """
    permissions.may_plan(by, fair).require()
    progress.step(gettext_noop("Reading the rows"))
    source = _source(fair)
    seen = source and (source.pk, source.revision)
    problem = _problem(fair, source, at)
    near = _near(problem, source) if source and is_near else ()
    began = monotonic()
    try:
        made = solved(problem.fair, near=near, seconds=seconds, progress=progress)
    except scheduling.Contradiction as contradiction:
        raise Refused(Reason.LOCKS_CONTRADICT) from contradiction
    took = monotonic() - began
    if violations := scheduling.check(problem.fair, made.meetings):
        raise AssertionError(f"the engine broke a rule: {violations[:3]}")
    progress.step(gettext_noop("Saving"))
    with transaction.atomic():
        fair = lock_fair(fair.pk)
        permissions.may_plan(by, fair).require()
        now = _source(fair)
        if (now and (now.pk, now.revision)) != seen:
            raise Refused(Reason.DRAFT_CHANGED)
        draft = _store(fair, problem, made, source, by, at)
        draft.seconds = took
        draft.save()
    return {
        "timetable": draft.pk,
        "meetings": len(made.meetings),
        "unplaced": len(made.unplaced),
        "weight": made.weight,
        "bound": made.bound,
    }


@transaction.atomic
def copy_released(*, fair: Fair, by: User, at: datetime) -> Timetable:
    """Make a draft that is what was released, to change it by hand. Raises Refused."""
    fair = lock_fair(fair.pk)
    permissions.may_plan(by, fair).require()
    released = released_timetable(fair)
    if released is None:
        raise Refused(Reason.NO_RELEASED_TIMETABLE)
    if draft := draft_timetable(fair):
        return draft
    figures = ("weight", "bound", "is_optimal", "seconds")
    draft = Timetable.objects.create(
        fair=fair, number=_next_number(fair), base=released, created_by=by, created_at=at,
        **{name: getattr(released, name) for name in figures},
    )  # fmt: skip
    Meeting.objects.bulk_create(_copies(released.meetings.order_by("pk"), draft))
    Unplaced.objects.bulk_create(
        Unplaced(timetable=draft, pair_id=row.pair_id, weight=row.weight, cause=row.cause)
        for row in released.unplaced.order_by("pk")
    )
    return draft


@transaction.atomic
def release(*, timetable: Timetable, by: User, at: datetime) -> Timetable:
    """Show a draft to the participants in place of what they saw, and tell whom it concerns.

    A draft that breaks a rule by now is not released. Raises Refused.
    """
    timetable = lock_timetable(timetable.pk)
    fair = timetable.fair
    permissions.may_release(by, timetable).require()
    meetings = list(meetings_of(timetable))
    locked = [meeting for meeting in meetings if meeting.is_locked]
    problem = to_engine(fair, on=localdate(at), locked=locked, with_spare=True)
    if scheduling.check(problem.fair, meetings_to_engine(problem, meetings)):
        raise Refused(Reason.TIMETABLE_BROKEN)
    released = released_timetable(fair)
    if released and _changed_on_the_day(released, timetable):
        raise Refused(Reason.RELEASED_CHANGED)
    changes = differences(released, timetable)
    if released:
        released.stage = TimetableStage.REPLACED
        released.save()
    timetable.stage = TimetableStage.RELEASED
    timetable.released_by, timetable.released_at = by, at
    timetable.save()
    if fair.stage == FairStage.PLANNING:
        move(fair=fair, stage=FairStage.RELEASED, by=by, at=at)
    _tell(fair, changes, is_first=released is None, at=at)
    return timetable


@transaction.atomic
def discard(*, timetable: Timetable, by: User) -> Timetable:
    """Throw a draft away; what was released stands. Raises Refused."""
    timetable = lock_timetable(timetable.pk)
    permissions.may_plan(by, timetable.fair).require()
    if timetable.stage != TimetableStage.DRAFT:
        raise Refused(Reason.STAGE_CLOSED)
    timetable.stage = TimetableStage.DISCARDED
    timetable.save()
    return timetable


def differences(before: Timetable | None, after: Timetable) -> list[Change]:
    """What changes for whom from one version to another; by time of the new meeting, gone last."""
    old = {meeting.pair_id: meeting for meeting in meetings_of(before)} if before else {}
    new = {meeting.pair_id: meeting for meeting in meetings_of(after)}
    changed = [
        Change(meeting.pair, old.get(pair), meeting)
        for pair, meeting in new.items()
        if pair not in old or _place(old[pair]) != _place(meeting)
    ]
    gone = [Change(meeting.pair, meeting, None) for pair, meeting in old.items() if pair not in new]
    return changed + gone


def _source(fair: Fair) -> Timetable | None:
    """The version that a new plan begins from: the draft, else what was released."""
    return draft_timetable(fair) or released_timetable(fair)


def _problem(fair: Fair, source: Timetable | None, at: datetime) -> Plan:
    """The fair as it is to be planned: locked meetings stand, and so does what has begun."""
    over = {slot.pk for slot in fair.slots.filter(is_break=False, starts_at__lte=at)}
    roles = list(meetings_of(source)) if source else []
    return to_engine(
        fair,
        on=localdate(at),
        locked=[role for role in roles if role.is_locked or role.slot_id in over],
        without=_freed(source),
        over=over,
    )


def _near(problem: Plan, source: Timetable) -> Sequence[scheduling.Meeting]:
    """The meetings of a version that could stand again, as the engine knows them."""
    known = {participant.id for participant in problem.fair.participants}
    tables = problem.fair.tables_by_slot
    return [
        meeting
        for meeting in meetings_to_engine(problem, meetings_of(source))
        if {meeting.demand, meeting.supply} <= known and meeting.table < tables[meeting.slot]
    ]


def _freed(source: Timetable | None) -> set[int]:
    """Pairs whose meeting was given free: they are not planned again."""
    if source is None:
        return set()
    held = source.meetings.filter(freed_at__isnull=True).values("pair")
    freed = source.meetings.filter(freed_at__isnull=False).exclude(pair__in=held)
    return set(freed.values_list("pair", flat=True))


def _lock_faults(problem: Plan) -> list[int]:
    """The pairs of locked meetings that contradict a rule."""
    faults = scheduling.contradictions(problem.fair)
    locks = [problem.fair.locked[fault.lock] for fault in faults if fault.lock is not None]
    return [problem.pairs[int(lock.demand), int(lock.supply)] for lock in locks]


def _store(
    fair: Fair,
    problem: Plan,
    made: scheduling.Timetable,
    source: Timetable | None,
    by: User,
    at: datetime,
) -> Timetable:
    released = released_timetable(fair)
    Timetable.objects.filter(fair=fair, stage=TimetableStage.DRAFT).update(
        stage=TimetableStage.DISCARDED
    )
    draft = Timetable.objects.create(
        fair=fair,
        number=_next_number(fair),
        base=released,
        created_by=by,
        created_at=at,
        weight=made.weight,
        bound=made.bound,
        is_optimal=made.optimal,
    )
    roles = list(meetings_of(source)) if source else []
    stood = {ends_of(meeting.pair): meeting for meeting in roles}
    begun = {slot.pk for slot in problem.slots if slot.starts_at <= at}
    Meeting.objects.bulk_create(
        _row(problem, draft, meeting, stood, begun) for meeting in made.meetings
    )
    held = {problem.pairs[ends_in(meeting)] for meeting in made.meetings}
    if source:
        freed = source.meetings.filter(freed_at__isnull=False).exclude(pair__in=held)
        Meeting.objects.bulk_create(_copies(freed.order_by("pk"), draft))
    Unplaced.objects.bulk_create(
        Unplaced(
            timetable=draft,
            pair_id=problem.pairs[ends_in(meeting)],
            weight=problem.weight_of(ends_in(meeting)),
            cause=meeting.cause.value,
        )
        for meeting in made.unplaced
    )
    return draft


def _row(
    problem: Plan,
    draft: Timetable,
    meeting: scheduling.Meeting,
    stood: dict[Ends, Meeting],
    begun: set[int],
) -> Meeting:
    """A meeting of the engine as a row; one in a slot that has begun stays where it was."""
    slot, table = problem.slots[meeting.slot], problem.tables[meeting.table]
    before = stood.get(ends_in(meeting))
    if before is not None and slot.pk in begun:
        table = before.table
    return Meeting(
        timetable=draft,
        pair_id=problem.pairs[ends_in(meeting)],
        slot=slot,
        table=table,
        is_locked=before is not None and before.is_locked,
    )


def _copies(meetings: Iterable[Meeting], draft: Timetable) -> list[Meeting]:
    names = ("pair_id", "slot_id", "table_id", "is_locked", "freed_at", "freed_reason")
    return [
        Meeting(timetable=draft, **{name: getattr(meeting, name) for name in names})
        for meeting in meetings
    ]


def _changed_on_the_day(released: Timetable, draft: Timetable) -> bool:
    """True when the desk freed or placed a meeting that the draft does not know of."""
    held = set(draft.meetings.filter(freed_at__isnull=True).values_list("pair", flat=True))
    freed = released.meetings.exclude(freed_reason="").filter(pair__in=held)
    again = released.meetings.filter(freed_at__isnull=True).values("pair")
    placed = released.meetings.filter(placed_at__isnull=False, freed_at__isnull=True).exclude(
        pair__in=held
    )
    return freed.exclude(pair__in=again).exists() or placed.exists()


def _next_number(fair: Fair) -> int:
    return (fair.timetables.aggregate(last=Max("number"))["last"] or 0) + 1


def _place(meeting: Meeting) -> tuple[int, int]:
    return meeting.slot_id, meeting.table_id


def _tell(fair: Fair, changes: Sequence[Change], *, is_first: bool, at: datetime) -> None:
    """Tell the people of every organisation concerned how many of their meetings it is about."""
    counts: Counter[Any] = Counter()
    for change in changes:
        counts[change.pair.demand.organisation] += 1
        counts[change.pair.supply.organisation] += 1
    for organisation, count in counts.items():
        tell(
            recipients=people_of(organisation),
            kind=fair_timetable,
            facts={"fair": fair.name, "count": count, "is_first": is_first},
            url=f"/fairs/{fair.pk}/",
            at=at,
        )
