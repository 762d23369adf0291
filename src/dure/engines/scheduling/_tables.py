"""Tables for meetings that have their slots: people stay where they sit, as far as possible."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dure.engines.scheduling._instance import Instance
from dure.engines.scheduling._model import Fair, Meeting

_Pair = tuple[str, str]


def meetings_of(
    fair: Fair, instance: Instance, slot_of: Sequence[int], near: Sequence[Meeting] = ()
) -> tuple[Meeting, ...]:
    """Return the locked and the decided meetings with their tables, in the order of slots.

    Locked tables come first, then those of meetings in `near` that kept their slot, then the one
    where the demand side (or else the supply side) sat last; whoever begins gets a home table.
    """
    by_slot: list[list[_Pair]] = [[] for _ in range(fair.slots)]
    locked: dict[tuple[int, _Pair], int | None] = {}
    for lock in fair.locked:
        by_slot[lock.slot].append((lock.demand, lock.supply))
        locked[lock.slot, (lock.demand, lock.supply)] = lock.table
    for place, slot in zip(instance.asked.tolist(), slot_of, strict=True):
        if slot >= 0:
            request = fair.requests[place]
            by_slot[slot].append((request.demand, request.supply))
    before = {(m.slot, frozenset((m.demand, m.supply))): m.table for m in near}
    last = _homes(by_slot, max(fair.tables_by_slot, default=0))
    meetings: list[Meeting] = []
    for slot, tables in enumerate(fair.tables_by_slot):
        wanted = {}
        for pair in by_slot[slot]:
            table = locked.get((slot, pair))
            if table is None:
                table = before.get((slot, frozenset(pair)))
            if table is not None:
                wanted[pair] = (locked.get((slot, pair)) is None, table)
        seated = _seated(sorted(by_slot[slot]), tables, wanted, last)
        for (demand, supply), table in sorted(seated.items(), key=lambda item: item[1]):
            meetings.append(Meeting(demand, supply, slot, table))
            last[demand] = [
                table,
                *(earlier for earlier in last.get(demand, ()) if earlier != table),
            ]
            last[supply] = [table]
    return tuple(meetings)


def _homes(by_slot: Sequence[Sequence[_Pair]], tables: int) -> dict[str, list[int]]:
    """Return a table of their own for those with the most meetings, as many as they use at once."""
    at_once: Counter[str] = Counter()
    in_all: Counter[str] = Counter()
    for pairs in by_slot:
        for demand, count in Counter(demand for demand, _ in pairs).items():
            at_once[demand] = max(at_once[demand], count)
            in_all[demand] += count
    homes: dict[str, list[int]] = {}
    begin = 0
    for demand in sorted(in_all, key=lambda participant: (-in_all[participant], participant)):
        homes[demand] = list(range(begin, min(begin + at_once[demand], tables)))
        begin += at_once[demand]
    return homes


def _seated(
    pairs: Sequence[_Pair],
    tables: int,
    wanted: dict[_Pair, tuple[bool, int]],
    last: dict[str, list[int]],
) -> dict[_Pair, int]:
    """Return a table for every pair; wanted ones first (False before True), then the last ones."""
    seated: dict[_Pair, int] = {}
    taken: set[int] = set()

    def seat(pair: _Pair, choices: Iterator[int] | Sequence[int]) -> None:
        for table in choices:
            if table < tables and table not in taken:
                seated[pair] = table
                taken.add(table)
                return

    for pair, (_, table) in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        seat(pair, [table])
    for end in (0, 1):
        for pair in pairs:
            if pair not in seated:
                seat(pair, last.get(pair[end], ()))
    free = iter(range(tables))
    for pair in pairs:
        if pair not in seated:
            seat(pair, free)
    return seated
