"""The rules of a timetable, read from the fair alone; nothing here knows how one is made."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.scheduling._model import Fair, Meeting


class Rule(StrEnum):
    """What a timetable can break."""

    NOT_ASKED = "NOT_ASKED"
    FORBIDDEN = "FORBIDDEN"
    TWICE = "TWICE"
    SLOT_UNKNOWN = "SLOT_UNKNOWN"
    TABLE_UNKNOWN = "TABLE_UNKNOWN"
    TABLE_TAKEN = "TABLE_TAKEN"
    NOT_AVAILABLE = "NOT_AVAILABLE"
    TOO_MANY_AT_ONCE = "TOO_MANY_AT_ONCE"
    ABOVE_LIMIT = "ABOVE_LIMIT"
    LOCK_NOT_KEPT = "LOCK_NOT_KEPT"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule; `who` are the participants concerned, `slot` and `table` are -1 if none."""

    code: Rule
    who: tuple[str, ...]
    slot: int = -1
    table: int = -1


def check(fair: Fair, meetings: Iterable[Meeting]) -> tuple[Violation, ...]:
    """Return every rule of `fair` that `meetings` break, and where."""
    held = tuple(meetings)
    return (
        *_of_pairs(fair, held),
        *_of_places(fair, held),
        *_of_people(fair, held),
        *_of_locks(fair, held),
    )


def _of_pairs(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    asked = {frozenset((request.demand, request.supply)) for request in fair.requests}
    asked |= {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
    forbidden = {frozenset(pair) for pair in fair.forbidden}
    seen: set[frozenset[str]] = set()
    for meeting in held:
        pair, who = frozenset((meeting.demand, meeting.supply)), (meeting.demand, meeting.supply)
        if pair not in asked:
            yield Violation(Rule.NOT_ASKED, who, meeting.slot, meeting.table)
        if pair in forbidden:
            yield Violation(Rule.FORBIDDEN, who, meeting.slot, meeting.table)
        if pair in seen:
            yield Violation(Rule.TWICE, who, meeting.slot, meeting.table)
        seen.add(pair)


def _of_places(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    tables = fair.tables_by_slot
    taken: set[tuple[int, int]] = set()
    for meeting in held:
        who, place = (meeting.demand, meeting.supply), (meeting.slot, meeting.table)
        if not 0 <= meeting.slot < fair.slots:
            yield Violation(Rule.SLOT_UNKNOWN, who, *place)
        elif not 0 <= meeting.table < tables[meeting.slot]:
            yield Violation(Rule.TABLE_UNKNOWN, who, *place)
        if place in taken:
            yield Violation(Rule.TABLE_TAKEN, who, *place)
        taken.add(place)


def _of_people(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    at_once: Counter[tuple[str, int]] = Counter()
    in_all: Counter[str] = Counter()
    for meeting in held:
        for one in (meeting.demand, meeting.supply):
            at_once[one, meeting.slot] += 1
            in_all[one] += 1
    people = {participant.id: participant for participant in fair.participants}
    for (one, slot), count in sorted(at_once.items()):
        if one not in people:
            continue  # a pair with a stranger was never asked for
        available = people[one].available
        if available is not None and slot not in available:
            yield Violation(Rule.NOT_AVAILABLE, (one,), slot)
        if count > people[one].parallel:
            yield Violation(Rule.TOO_MANY_AT_ONCE, (one,), slot)
    for one, count in sorted(in_all.items()):
        limit = people[one].max_meetings if one in people else None
        if limit is not None and count > limit:
            yield Violation(Rule.ABOVE_LIMIT, (one,))


def _of_locks(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    places = {
        frozenset((meeting.demand, meeting.supply)): (meeting.slot, meeting.table)
        for meeting in held
    }
    for lock in fair.locked:
        slot, table = places.get(frozenset((lock.demand, lock.supply)), (-1, -1))
        if slot != lock.slot or (lock.table is not None and table != lock.table):
            yield Violation(
                Rule.LOCK_NOT_KEPT,
                (lock.demand, lock.supply),
                lock.slot,
                -1 if lock.table is None else lock.table,
            )
