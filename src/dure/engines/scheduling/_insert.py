"""A walk-in: one more meeting among those that stand."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dure.engines.scheduling._board import Board, bits
from dure.engines.scheduling._check import Violation, check
from dure.engines.scheduling._contradictions import refuse_contradictions
from dure.engines.scheduling._explain import Hall
from dure.engines.scheduling._instance import instance_of
from dure.engines.scheduling._model import Cause, Fair, Lock, Meeting, Request
from dure.engines.scheduling._tables import meetings_of


class Broken(ValueError):
    """Meetings that do not obey the fair, so that nothing can be added to them."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        super().__init__(", ".join(str(violation) for violation in violations))


@dataclass(frozen=True, slots=True)
class Insertion:
    """The meeting that was added, or the cause why not; `meetings` are those that now stand."""

    meeting: Meeting | None
    cause: Cause | None
    meetings: tuple[Meeting, ...]


def insert(
    fair: Fair,
    meetings: Sequence[Meeting],
    request: Request,
    *,
    moving: bool = False,
    slots: Collection[int] | None = None,
) -> Insertion:
    """Add `request`, which may be new to the fair, to `meetings` if there is room.

    Among free slots the one with the least waiting is taken. Nothing is moved, unless `moving`:
    then meetings that are not locked may change slots (never fall out). `slots` are those still
    to come; None is all. Only they are used, and only meetings in them are moved.

    Raises Contradiction about the request or the people, and Broken when `meetings` break a rule of the fair.
    """
    refuse_contradictions(replace(fair, requests=(request,), locked=()))
    pair = {request.demand, request.supply}
    if not any(_is_between(known, pair) for known in fair.requests):
        fair = replace(fair, requests=(*fair.requests, request))
    if violations := check(fair, meetings):
        raise Broken(violations)
    for meeting in meetings:
        if _is_between(meeting, pair):
            return Insertion(meeting, None, tuple(meetings))
    still_open = set(range(fair.slots) if slots is None else slots)
    hall = Hall(within(fair, still_open, Counter()), meetings)
    cause = hall.cause(request)
    if cause is Cause.PLACEABLE:
        meeting = _best_place(fair, meetings, request, hall.room_for(request))
        return Insertion(meeting, None, _in_order([*meetings, meeting]))
    may_help = moving and not cause.is_final
    moved = _by_moving(fair, meetings, request, still_open) if may_help else None
    return moved or Insertion(None, cause, tuple(meetings))


def within(fair: Fair, still_open: Collection[int], used: Counter[int]) -> Fair:
    """Return `fair` with no more tables than are `used` in slots that are not open any more."""
    tables = tuple(
        count if slot in still_open else used[slot]
        for slot, count in enumerate(fair.tables_by_slot)
    )
    return replace(fair, tables=tables)


def _in_order(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    return tuple(sorted(meetings, key=lambda meeting: (meeting.slot, meeting.table)))


def _best_place(fair: Fair, meetings: Sequence[Meeting], request: Request, room: int) -> Meeting:
    """Return the meeting in the slot of `room` with the least waiting, near where they sit."""
    busy = {
        participant: {m.slot for m in meetings if participant in (m.demand, m.supply)}
        for participant in (request.demand, request.supply)
    }

    def idle(slot: int) -> int:
        spans = [{slot, *slots} for slots in busy.values()]
        return sum(max(span) - min(span) + 1 - len(span) for span in spans)

    slot = min(bits(room), key=lambda free_slot: (idle(free_slot), free_slot))
    taken = {meeting.table for meeting in meetings if meeting.slot == slot}
    free = [table for table in range(fair.tables_by_slot[slot]) if table not in taken]
    sat = {
        meeting.table: abs(meeting.slot - slot)
        for meeting in sorted(meetings, key=lambda other: -abs(other.slot - slot))
        if request.demand in (meeting.demand, meeting.supply)
    }
    table = min(free, key=lambda free_table: (sat.get(free_table, fair.slots), free_table))
    return Meeting(request.demand, request.supply, slot, table)


def _by_moving(
    fair: Fair, meetings: Sequence[Meeting], request: Request, still_open: Collection[int]
) -> Insertion | None:
    locked = {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
    roles = [
        meeting
        for meeting in meetings
        if meeting.slot not in still_open or frozenset((meeting.demand, meeting.supply)) in locked
    ]
    locks = tuple(Lock(m.demand, m.supply, m.slot, m.table) for m in roles)
    used = Counter(meeting.slot for meeting in roles)
    fair = replace(within(fair, still_open, used), locked=locks)
    instance = instance_of(fair, meetings)
    board = Board(instance)
    for movable, slot in enumerate(board.before):
        if slot >= 0:
            board.put(movable, slot)
    asked = {fair.requests[place]: number for number, place in enumerate(instance.asked.tolist())}
    pair = {request.demand, request.supply}
    number = asked.get(next(known for known in fair.requests if _is_between(known, pair)))
    if number is None or not board.place(number):
        return None
    after = meetings_of(fair, instance, board.slot_of, meetings)
    meeting = next(meeting for meeting in after if _is_between(meeting, pair))
    return Insertion(meeting, None, after)


def _is_between(pairing: Request | Meeting, pair: set[str]) -> bool:
    return pairing.demand in pair and pairing.supply in pair
