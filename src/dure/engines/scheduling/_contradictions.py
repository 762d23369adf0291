"""What is wrong with a fair before anything is planned, each fault with its place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from dure.engines.scheduling._model import Fair, Lock, Participant, Request, Side

SLOTS_AT_MOST = 500
TABLES_AT_MOST = 100_000
PARALLEL_AT_MOST = 1_000
WEIGHT_AT_MOST = 1_000_000


Place = tuple[str | int, ...]


class Fault(StrEnum):
    OUT_OF_RANGE = "OUT_OF_RANGE"
    EMPTY_ID = "EMPTY_ID"
    DOUBLE_ID = "DOUBLE_ID"
    UNKNOWN_ID = "UNKNOWN_ID"
    WRONG_SIDE = "WRONG_SIDE"
    WITH_ITSELF = "WITH_ITSELF"
    DOUBLE_PAIR = "DOUBLE_PAIR"
    TABLES_PER_SLOT = "TABLES_PER_SLOT"
    LOCK_FORBIDDEN = "LOCK_FORBIDDEN"
    LOCK_NOT_AVAILABLE = "LOCK_NOT_AVAILABLE"
    LOCK_AT_ONCE = "LOCK_AT_ONCE"
    LOCK_ABOVE_LIMIT = "LOCK_ABOVE_LIMIT"
    LOCK_ABOVE_TABLES = "LOCK_ABOVE_TABLES"
    LOCK_TABLE_TAKEN = "LOCK_TABLE_TAKEN"


_SENTENCES = {
    Fault.OUT_OF_RANGE: "{value} is not between {low} and {high}",
    Fault.EMPTY_ID: "an id must not be empty",
    Fault.DOUBLE_ID: "{value!r} is the id of participants[{first}] already",
    Fault.UNKNOWN_ID: "no participant has the id {value!r}",
    Fault.WRONG_SIDE: "{value!r} is on the other side",
    Fault.WITH_ITSELF: "{value!r} cannot meet itself",
    Fault.DOUBLE_PAIR: "the same pair as {first}",
    Fault.TABLES_PER_SLOT: "{value} numbers for {high} slots",
    Fault.LOCK_FORBIDDEN: "the pair is forbidden",
    Fault.LOCK_NOT_AVAILABLE: "{value!r} is not available in slot {slot}",
    Fault.LOCK_AT_ONCE: "{value!r} holds no more than {high} at a time, slot {slot} has more",
    Fault.LOCK_ABOVE_LIMIT: "{value!r} has more locked meetings than its limit of {high}",
    Fault.LOCK_ABOVE_TABLES: "more locked meetings in slot {slot} than its {high} tables",
    Fault.LOCK_TABLE_TAKEN: "table {value} in slot {slot} is taken by another lock",
}


class Contradiction(Exception):
    """A fair that no timetable can obey, or that says nothing sensible.

    `path` is where, e.g. ("requests", 17, "demand"), and `place` the same as text, e.g.
    "requests[17].demand"; `arguments` are what a sentence about `fault` needs.
    """

    def __init__(self, path: Place, fault: Fault, **arguments: str | int) -> None:
        self.path = path
        self.place = _written(path)
        self.fault = fault
        self.arguments = arguments
        super().__init__(f"{self.place}: {_SENTENCES[fault].format(**arguments)}")

    @property
    def lock(self) -> int | None:
        """The number of the locked meeting that it is about, if it is about one."""
        match self.path:
            case ("locked", int(number), *_):
                return number
        return None


def _written(path: Place) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def contradictions(fair: Fair) -> tuple[Contradiction, ...]:
    """Return everything that contradicts itself or is out of range in `fair`."""
    if contradictions := tuple(_frame(fair)):
        return contradictions
    by_id = {participant.id: participant for participant in fair.participants}
    contradictions = (*_participants(fair), *_pairs(fair, by_id), *_forbidden(fair, by_id))
    return contradictions or tuple(_locks(fair, by_id))


def refuse_contradictions(fair: Fair) -> None:
    """Raise the first contradiction of `fair`, if there is one."""
    for contradiction in contradictions(fair):
        raise contradiction


def _outside(place: Place, value: int, low: int, high: int) -> Iterator[Contradiction]:
    if not low <= value <= high:
        yield Contradiction(place, Fault.OUT_OF_RANGE, value=value, low=low, high=high)


def _frame(fair: Fair) -> Iterator[Contradiction]:
    yield from _outside(("slots",), fair.slots, 1, SLOTS_AT_MOST)
    if isinstance(fair.tables, int):
        yield from _outside(("tables",), fair.tables, 0, TABLES_AT_MOST)
        return
    if len(fair.tables) != fair.slots:
        yield Contradiction(
            ("tables",), Fault.TABLES_PER_SLOT, value=len(fair.tables), high=fair.slots
        )
    for slot, tables in enumerate(fair.tables):
        yield from _outside(("tables", slot), tables, 0, TABLES_AT_MOST)


def _participants(fair: Fair) -> Iterator[Contradiction]:
    first: dict[str, int] = {}
    for index, participant in enumerate(fair.participants):
        place = ("participants", index)
        if not participant.id:
            yield Contradiction((*place, "id"), Fault.EMPTY_ID)
        if (earlier := first.setdefault(participant.id, index)) != index:
            yield Contradiction(
                (*place, "id"), Fault.DOUBLE_ID, value=participant.id, first=earlier
            )
        if participant.parallel != 1:
            yield from _outside((*place, "parallel"), participant.parallel, 1, PARALLEL_AT_MOST)
        if participant.max_meetings is not None:
            high = SLOTS_AT_MOST * PARALLEL_AT_MOST
            yield from _outside((*place, "max_meetings"), participant.max_meetings, 0, high)
        for slot in sorted(participant.available or ()):
            yield from _outside((*place, "available"), slot, 0, fair.slots - 1)


def _pairs(fair: Fair, by_id: dict[str, Participant]) -> Iterator[Contradiction]:
    lists: dict[str, Sequence[Request | Lock]] = {
        "requests": fair.requests,
        "locked": fair.locked,
    }
    for name, asked in lists.items():
        first: dict[tuple[str, str], int] = {}
        for index, pair in enumerate(asked):
            demand, supply = pair.demand, pair.supply
            if not (demand in by_id and supply in by_id and demand != supply):
                yield from _ends((name, index), demand, supply, by_id)
                continue
            if by_id[demand].side is Side.SUPPLY or by_id[supply].side is Side.DEMAND:
                yield from _sides((name, index), by_id[demand], by_id[supply])
            key = (demand, supply) if demand < supply else (supply, demand)
            if (earlier := first.setdefault(key, index)) != index:
                yield Contradiction((name, index), Fault.DOUBLE_PAIR, first=f"{name}[{earlier}]")
            if isinstance(pair, Request) and not 1 <= pair.weight <= WEIGHT_AT_MOST:
                yield from _outside((name, index, "weight"), pair.weight, 1, WEIGHT_AT_MOST)


def _ends(
    place: Place, demand: str, supply: str, by_id: dict[str, Participant]
) -> Iterator[Contradiction]:
    if demand not in by_id:
        yield Contradiction((*place, "demand"), Fault.UNKNOWN_ID, value=demand)
    if supply not in by_id:
        yield Contradiction((*place, "supply"), Fault.UNKNOWN_ID, value=supply)
    elif demand == supply:
        yield Contradiction((*place, "supply"), Fault.WITH_ITSELF, value=supply)


def _sides(place: Place, demand: Participant, supply: Participant) -> Iterator[Contradiction]:
    if demand.side is Side.SUPPLY:
        yield Contradiction((*place, "demand"), Fault.WRONG_SIDE, value=demand.id)
    if supply.side is Side.DEMAND:
        yield Contradiction((*place, "supply"), Fault.WRONG_SIDE, value=supply.id)


def _forbidden(fair: Fair, by_id: dict[str, Participant]) -> Iterator[Contradiction]:
    for pair in sorted(fair.forbidden):
        for participant in pair:
            if participant not in by_id:
                place = f"forbidden[{pair[0]!r}, {pair[1]!r}]"
                yield Contradiction((place,), Fault.UNKNOWN_ID, value=participant)


def _locks(fair: Fair, by_id: dict[str, Participant]) -> Iterator[Contradiction]:
    at_once: Counter[tuple[str, int]] = Counter()
    in_all: Counter[str] = Counter()
    in_slot: Counter[int] = Counter()
    taken: set[tuple[int, int]] = set()
    tables = fair.tables_by_slot
    for index, lock in enumerate(fair.locked):
        place, slot = ("locked", index), lock.slot
        if not 0 <= slot < fair.slots:
            yield from _outside((*place, "slot"), slot, 0, fair.slots - 1)
            continue
        if is_forbidden(fair, lock):
            yield Contradiction(place, Fault.LOCK_FORBIDDEN)
        in_slot[slot] += 1
        if in_slot[slot] > tables[slot]:
            yield Contradiction(
                (*place, "slot"), Fault.LOCK_ABOVE_TABLES, slot=slot, high=tables[slot]
            )
        for name, participant in (("demand", by_id[lock.demand]), ("supply", by_id[lock.supply])):
            at_once[participant.id, slot] += 1
            in_all[participant.id] += 1
            yield from _lock_of(
                (*place, name),
                participant,
                slot,
                at_once[participant.id, slot],
                in_all[participant.id],
            )
        yield from _lock_table(place, lock, tables[slot], taken)


def _lock_of(
    place: Place, participant: Participant, slot: int, at_once: int, in_all: int
) -> Iterator[Contradiction]:
    if participant.available is not None and slot not in participant.available:
        yield Contradiction(place, Fault.LOCK_NOT_AVAILABLE, value=participant.id, slot=slot)
    if at_once > participant.parallel:
        yield Contradiction(
            place, Fault.LOCK_AT_ONCE, value=participant.id, slot=slot, high=participant.parallel
        )
    if participant.max_meetings is not None and in_all > participant.max_meetings:
        yield Contradiction(
            place, Fault.LOCK_ABOVE_LIMIT, value=participant.id, high=participant.max_meetings
        )


def _lock_table(
    place: Place, lock: Lock, tables: int, taken: set[tuple[int, int]]
) -> Iterator[Contradiction]:
    if lock.table is None:
        return
    if not 0 <= lock.table < tables:
        yield from _outside((*place, "table"), lock.table, 0, tables - 1)
    if (lock.slot, lock.table) in taken:
        yield Contradiction(
            (*place, "table"), Fault.LOCK_TABLE_TAKEN, value=lock.table, slot=lock.slot
        )
    taken.add((lock.slot, lock.table))


def is_forbidden(fair: Fair, pair: Request | Lock) -> bool:
    demand, supply = pair.demand, pair.supply
    return (demand, supply) in fair.forbidden or (supply, demand) in fair.forbidden
