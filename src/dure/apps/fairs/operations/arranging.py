"""A draft is changed by hand: meetings moved, swapped, placed, taken out, locked.

Every change names the state that its writer saw; after anybody else's change it is refused, so
that nobody's move is lost silently. The engine's `check` decides what is allowed.
"""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.fairs import permissions
from dure.apps.fairs.adapter.timetable import (
    Ends,
    Plan,
    ends_in,
    idle_slots,
    meetings_to_engine,
    to_engine,
)
from dure.apps.fairs.models import Meeting, Pair, Slot, Table, Timetable, Unplaced
from dure.apps.fairs.operations.locks import lock_timetable
from dure.apps.fairs.queries import meetings_of
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import TimetableStage
from dure.apps.people.models import User
from dure.engines import scheduling
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change by hand costs: weight gained, and for the registrations concerned, by id, how
    many slots more they wait between meetings and how often more they change the table.
    """

    weight: int
    waiting: dict[int, int]
    table_changes: dict[int, int]
    uses_spare: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change by hand does; with `violations` it is not allowed."""

    violations: tuple[scheduling.Violation, ...]
    cost: Cost
    swapped_with: Meeting | None = None


@dataclass
class _Board:
    """A draft as it stands, and as it would stand after a change."""

    timetable: Timetable
    plan: Plan
    before: list[Meeting]
    after: list[Meeting] = field(default_factory=list)

    def outcome(self, swapped_with: Meeting | None = None) -> Outcome:
        before = meetings_to_engine(self.plan, self.before)
        after = meetings_to_engine(self.plan, self.after)
        known = set(scheduling.check(self.plan.fair, before))
        violations = [v for v in scheduling.check(self.plan.fair, after) if v not in known]
        cost = _cost(self.plan, before, after)
        return Outcome(tuple(violations), cost, swapped_with)


def try_move(
    *, meeting: Meeting, slot: Slot, table: Table | None, by: User, at: datetime
) -> Outcome:
    """Say what a move would do, without doing it. Raises Refused."""
    permissions.may_plan(by, meeting.timetable.fair).require()
    board = _board(meeting.timetable, localdate(at))
    return _moved(board, meeting, slot, table)


def try_place(
    *, timetable: Timetable, pair: Pair, slot: Slot, table: Table | None, by: User, at: datetime
) -> Outcome:
    """Say what placing a request that has no place would do. Raises Refused."""
    permissions.may_plan(by, timetable.fair).require()
    board = _board(timetable, localdate(at))
    _placed(board, pair, slot, table)
    return board.outcome()


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    slot: Slot,
    table: Table | None,
    onto: int | None,
    revision: int,
    by: User,
    at: datetime,
) -> Outcome:
    """Move a meeting of a draft to a slot and a table, the nearest free one if none is said.

    A meeting that stands there changes places with it: `onto` is the id of the one that the
    writer saw there, None for an empty place. Raises Refused; conflicts are in the details.
    """
    timetable = _locked_draft(meeting.timetable_id, by)
    meeting = _seen(timetable, meeting, revision)
    board = _board(timetable, localdate(at))
    outcome = _moved(board, meeting, slot, table)
    other = outcome.swapped_with
    if (other.pk if other else None) != onto:
        raise Refused(Reason.CHANGED_MEANWHILE, meeting=other.pk if other else onto)
    _require(outcome, meeting)
    places = {placed.pk: placed for placed in board.after}
    if other is not None:
        _require(outcome, other)
        _write(places[meeting.pk], places[other.pk])
    else:
        _write(places[meeting.pk])
    _settle(board)
    return outcome


@transaction.atomic
def place_pair(
    *,
    timetable: Timetable,
    pair: Pair,
    slot: Slot,
    table: Table | None,
    is_locked: bool = False,
    by: User,
    at: datetime,
) -> Meeting:
    """Give a pair that has no place in a draft one that is free. Raises Refused."""
    timetable = _locked_draft(timetable.pk, by)
    if timetable.meetings.filter(pair=pair, freed_at__isnull=True).exists():
        raise Refused(Reason.CHANGED_MEANWHILE)
    board = _board(timetable, localdate(at))
    meeting = _placed(board, pair, slot, table)
    outcome = board.outcome()
    if outcome.violations:
        raise Refused(Reason.MOVE_CONFLICTS, violations=outcome.violations)
    meeting.is_locked = is_locked
    meeting.save()
    _settle(board)
    return meeting


@transaction.atomic
def take_out(*, meeting: Meeting, revision: int, by: User, at: datetime) -> None:
    """Take a meeting out of a draft; the request stands among those without a place. Raises Refused."""
    timetable = _locked_draft(meeting.timetable_id, by)
    meeting = _seen(timetable, meeting, revision)
    if meeting.is_locked:
        raise Refused(Reason.MEETING_LOCKED)
    board = _board(timetable, localdate(at))
    board.after = [kept for kept in board.before if kept.pk != meeting.pk]
    Meeting.objects.filter(pk=meeting.pk).delete()
    _settle(board)


@transaction.atomic
def set_lock(*, meeting: Meeting, is_locked: bool, revision: int, by: User) -> Meeting:
    """Lock a meeting of a draft, so that plans leave it where it is, or unlock it. Raises Refused."""
    timetable = _locked_draft(meeting.timetable_id, by)
    meeting = _seen(timetable, meeting, revision)
    meeting.is_locked = is_locked
    meeting.revision += 1
    meeting.save()
    timetable.revision += 1
    timetable.save()
    return meeting


def _locked_draft(timetable_id: int, by: User) -> Timetable:
    timetable = lock_timetable(timetable_id)
    permissions.may_plan(by, timetable.fair).require()
    if timetable.stage != TimetableStage.DRAFT:
        raise Refused(Reason.NO_DRAFT)
    return timetable


def _seen(timetable: Timetable, meeting: Meeting, revision: int) -> Meeting:
    """The meeting as it is now, if that is what the writer saw."""
    now = meetings_of(timetable).filter(pk=meeting.pk).first()
    if now is None or now.revision != revision:
        raise Refused(Reason.CHANGED_MEANWHILE, meeting=meeting.pk)
    return now


def _board(timetable: Timetable, on: date) -> _Board:
    meetings = list(meetings_of(timetable))
    locked = [meeting for meeting in meetings if meeting.is_locked]
    plan = to_engine(timetable.fair, on=on, locked=locked, with_spare=True)
    return _Board(timetable, plan, meetings, [])


def _moved(board: _Board, meeting: Meeting, slot: Slot, table: Table | None) -> Outcome:
    table = table or _nearest_table(board, meeting.table, slot, exclude=meeting.pk)
    other = next(
        (
            other_meeting
            for other_meeting in board.before
            if other_meeting.slot_id == slot.pk
            and other_meeting.table_id == table.pk
            and other_meeting.pk != meeting.pk
        ),
        None,
    )
    board.after = [
        _at(kept, slot, table)
        if kept.pk == meeting.pk
        else _at(kept, meeting.slot, meeting.table)
        if other and kept.pk == other.pk
        else kept
        for kept in board.before
    ]
    return board.outcome(other)


def _placed(board: _Board, pair: Pair, slot: Slot, table: Table | None) -> Meeting:
    table = table or _nearest_table(board, None, slot, exclude=None)
    if any(kept.slot_id == slot.pk and kept.table_id == table.pk for kept in board.before):
        raise Refused(Reason.PLACE_TAKEN)
    meeting = Meeting(timetable=board.timetable, pair=pair, slot=slot, table=table)
    board.after = [*board.before, meeting]
    return meeting


def _nearest_table(board: _Board, near: Table | None, slot: Slot, exclude: int | None) -> Table:
    """The free table of a slot that is nearest to one; spare tables come last."""
    taken = {e.table_id for e in board.before if e.slot_id == slot.pk and e.pk != exclude}
    number = near.number if near else 0
    free = [table for table in board.plan.tables if table.pk not in taken]
    if not free:
        raise Refused(Reason.PLACE_TAKEN)
    return min(free, key=lambda table: (table.is_spare, abs(table.number - number)))


def _at(meeting: Meeting, slot: Slot, table: Table) -> Meeting:
    """The meeting as it would be at another place; the one given stays as it is."""
    moved = Meeting(
        pk=meeting.pk,
        timetable_id=meeting.timetable_id,
        is_locked=meeting.is_locked,
        revision=meeting.revision,
        slot=slot,
        table=table,
    )
    moved.pair = meeting.pair
    return moved


def _require(outcome: Outcome, meeting: Meeting) -> None:
    if meeting.is_locked:
        raise Refused(Reason.MEETING_LOCKED)
    if outcome.violations:
        raise Refused(Reason.MOVE_CONFLICTS, violations=outcome.violations)


def _write(*moved: Meeting) -> None:
    """Write meetings at their new places in one statement, so that two can change places."""
    for meeting in moved:
        meeting.revision += 1
    Meeting.objects.bulk_update(moved, ["slot", "table", "revision"])


def _settle(board: _Board) -> None:
    """Bring weight, proof and the causes of what has no place up to date after a change."""
    timetable, plan = board.timetable, board.plan
    held = meetings_to_engine(plan, board.after)
    timetable.weight = sum(plan.weight_of(ends_in(meeting)) for meeting in held)
    timetable.bound = max(timetable.bound, timetable.weight)
    timetable.is_optimal = timetable.weight == timetable.bound
    timetable.revision += 1
    timetable.save()
    _write_unplaced(timetable, plan, scheduling.explain(plan.fair, held))


def _write_unplaced(
    timetable: Timetable, plan: Plan, unplaced: Iterable[scheduling.Unplaced]
) -> None:
    known = {row.pair_id: row for row in timetable.unplaced.all()}
    wanted = {plan.pairs[ends_in(meeting)]: meeting for meeting in unplaced}
    Unplaced.objects.filter(pk__in=[row.pk for p, row in known.items() if p not in wanted]).delete()
    moved = []
    for pair, meeting in wanted.items():
        row = known.get(pair)
        if row is not None and row.cause != meeting.cause.value:
            row.cause = meeting.cause.value
            moved.append(row)
    Unplaced.objects.bulk_update(moved, ["cause"], batch_size=500)
    Unplaced.objects.bulk_create(
        Unplaced(
            timetable=timetable,
            pair_id=pair,
            weight=plan.weight_of(ends_in(meeting)),
            cause=meeting.cause.value,
        )
        for pair, meeting in wanted.items()
        if pair not in known
    )


def _cost(
    plan: Plan, before: tuple[scheduling.Meeting, ...], after: tuple[scheduling.Meeting, ...]
) -> Cost:
    changed = set(before) ^ set(after)
    people = {end for meeting in changed for end in ends_in(meeting)}
    gone = {ends_in(meeting) for meeting in before} - {ends_in(meeting) for meeting in after}
    new = {ends_in(meeting) for meeting in after} - {ends_in(meeting) for meeting in before}
    spare = {number for number, table in enumerate(plan.tables) if table.is_spare}
    return Cost(
        weight=_weight(plan, new) - _weight(plan, gone),
        waiting=_compared(people, before, after, lambda held: _waits(plan, held)),
        table_changes=_compared(people, before, after, _table_changes),
        uses_spare=any(meeting.table in spare for meeting in set(after) - set(before)),
    )


def _compared(
    people: set[int],
    before: tuple[scheduling.Meeting, ...],
    after: tuple[scheduling.Meeting, ...],
    measure: Callable[[list[scheduling.Meeting]], int],
) -> dict[int, int]:
    """How much more a measure of their meetings is after than before, for whom it differs."""
    differences = {}
    for person in sorted(people):
        of_theirs = [[e for e in held if person in ends_in(e)] for held in (before, after)]
        if difference := measure(of_theirs[1]) - measure(of_theirs[0]):
            differences[person] = difference
    return differences


def _waits(plan: Plan, held: list[scheduling.Meeting]) -> int:
    return len(idle_slots({meeting.slot for meeting in held}, plan.slots))


def _table_changes(held: list[scheduling.Meeting]) -> int:
    tables = [
        meeting.table for meeting in sorted(held, key=lambda meeting: (meeting.slot, meeting.table))
    ]
    return sum(table != next_one for table, next_one in itertools.pairwise(tables))


def _weight(plan: Plan, ends: set[Ends]) -> int:
    return sum(plan.weight_of(end) for end in ends)
