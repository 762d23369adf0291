"""The rules of a timetable, read from the fair alone; nothing here knows how one is made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.scheduling._model import Fair, Meeting, pair_of


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
    asked = {pair_of(request.demand, request.supply) for request in fair.requests}
    asked.update(pair_of(lock.demand, lock.supply) for lock in fair.locked)
    forbidden = {pair_of(*pair) for pair in fair.forbidden}
    seen: set[str] = set()
    for meeting in held:
        pair = pair_of(meeting.demand, meeting.supply)
        if pair not in asked:
            yield _of(Rule.NOT_ASKED, meeting)
        if pair in forbidden:
            yield _of(Rule.FORBIDDEN, meeting)
        if pair in seen:
            yield _of(Rule.TWICE, meeting)
        seen.add(pair)


def _of_places(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    tables = fair.tables_by_slot
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for meeting in held:
        if not 0 <= meeting.slot < fair.slots:
            yield _of(Rule.SLOT_UNKNOWN, meeting)
        elif not 0 <= meeting.table < tables[meeting.slot]:
            yield _of(Rule.TABLE_UNKNOWN, meeting)
        if meeting.table in taken[meeting.slot]:
            yield _of(Rule.TABLE_TAKEN, meeting)
        taken[meeting.slot].add(meeting.table)


def _of_people(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    at_once: defaultdict[int, Counter[str]] = defaultdict(Counter)
    in_all: Counter[str] = Counter()
    for meeting in held:
        for person in (meeting.demand, meeting.supply):
            at_once[meeting.slot][person] += 1
            in_all[person] += 1
    people = {participant.id: participant for participant in fair.participants}
    for slot in sorted(at_once):
        for person in sorted(at_once[slot]):
            if person not in people:
                continue  # a pair with a stranger was never asked for
            available = people[person].available
            if available is not None and slot not in available:
                yield Violation(Rule.NOT_AVAILABLE, (person,), slot)
            if at_once[slot][person] > people[person].parallel:
                yield Violation(Rule.TOO_MANY_AT_ONCE, (person,), slot)
    for person in sorted(in_all):
        limit = people[person].max_meetings if person in people else None
        if limit is not None and in_all[person] > limit:
            yield Violation(Rule.ABOVE_LIMIT, (person,))


def _of_locks(fair: Fair, held: tuple[Meeting, ...]) -> Iterator[Violation]:
    meetings = {pair_of(meeting.demand, meeting.supply): meeting for meeting in held}
    for lock in fair.locked:
        meeting = meetings.get(pair_of(lock.demand, lock.supply))
        if (
            meeting is None
            or meeting.slot != lock.slot
            or (lock.table is not None and meeting.table != lock.table)
        ):
            yield Violation(
                Rule.LOCK_NOT_KEPT,
                (lock.demand, lock.supply),
                lock.slot,
                -1 if lock.table is None else lock.table,
            )


def _of(rule: Rule, meeting: Meeting) -> Violation:
    return Violation(rule, (meeting.demand, meeting.supply), meeting.slot, meeting.table)
