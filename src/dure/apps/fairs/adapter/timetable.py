"""A fair to the engine of timetables and back.

Participants are registrations, by their id; the engine's slots and tables are places in
`Plan.slots` and `Plan.tables`, tables to plan before those kept free for walk-ins.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from dure.apps.fairs.models import Fair, Meeting, Pair, Registration, Side, Slot, Table
from dure.apps.fairs.queries import (
    forbidden_pairs,
    meeting_slots,
    unavailable_slots,
    wanted_pairs,
)
from dure.apps.fairs.stages import RegistrationStage
from dure.engines import scheduling

SIDES = {Side.DEMAND: scheduling.Side.DEMAND, Side.SUPPLY: scheduling.Side.SUPPLY}
Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """The engine's fair, with what its numbers mean; `pairs` by (demand, supply) registration."""

    fair: scheduling.Fair
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    pairs: dict[Ends, int]
    weights: dict[Ends, int]

    def slot_number(self, slot_id: int) -> int:
        """The engine's number of a slot."""
        return next(n for n, slot in enumerate(self.slots) if slot.pk == slot_id)

    def table_number(self, table_id: int) -> int:
        """The engine's number of a table."""
        return next(n for n, table in enumerate(self.tables) if table.pk == table_id)

    def weight_of(self, ends: Ends) -> int:
        """What a meeting of the two is worth; nothing if nobody wants it any more."""
        return self.weights.get(ends, 0)


def to_engine(
    fair: Fair,
    *,
    on: date,
    locked: Collection[Meeting] = (),
    without: Collection[int] = (),
    over: Collection[int] = (),
    with_spare: bool = False,
) -> Plan:
    """The fair as the engine sees it on a day, with `locked` meetings (their pairs loaded).

    `without` are pairs, by id, that are not to be met (again); in the slots `over` (by id) there
    is room only for what is locked, at whatever table. Spare tables are used only `with_spare`, or where a locked
    meeting is at one.
    """
    slots = tuple(meeting_slots(fair))
    tables = tuple(fair.tables.select_related("hall").order_by("is_spare", "number"))
    slot_numbers = {slot.pk: number for number, slot in enumerate(slots)}
    table_numbers = {table.pk: number for number, table in enumerate(tables)}
    wanted = [pair for pair in wanted_pairs(fair) if pair.pair_id not in set(without)]
    participants = participants_of(fair, slot_numbers)
    known = {participant.id for participant in participants}
    ends = {meeting.pk: ends_of(meeting.pair) for meeting in locked}
    locks = tuple(
        scheduling.Lock(
            *_named(ends[meeting.pk]),
            slot_numbers[meeting.slot_id],
            None if meeting.slot_id in over else table_numbers[meeting.table_id],
        )
        for meeting in locked
        if set(_named(ends[meeting.pk])) <= known
    )
    planned = len(tables) if with_spare else sum(not table.is_spare for table in tables)
    engine = scheduling.Fair(
        slots=len(slots),
        tables=tuple(
            _tables_in(number, locks, None if slot.pk in over else planned)
            for number, slot in enumerate(slots)
        ),
        participants=participants,
        requests=tuple(
            scheduling.Request(str(pair.demand_id), str(pair.supply_id), pair.weight)
            for pair in wanted
        ),
        locked=locks,
        forbidden=frozenset(
            named for pair in forbidden_pairs(fair, on) if set(named := _named(pair)) <= known
        ),
    )
    weights = {(pair.demand_id, pair.supply_id): pair.weight for pair in wanted}
    pairs = {(pair.demand_id, pair.supply_id): pair.pair_id for pair in wanted}
    pairs |= {ends[meeting.pk]: meeting.pair_id for meeting in locked}
    return Plan(engine, slots, tables, pairs, weights)


def meetings_to_engine(plan: Plan, meetings: Iterable[Meeting]) -> tuple[scheduling.Meeting, ...]:
    """Meetings, with their pairs loaded, as the engine knows them."""
    slots = {slot.pk: number for number, slot in enumerate(plan.slots)}
    tables = {table.pk: number for number, table in enumerate(plan.tables)}
    return tuple(
        scheduling.Meeting(
            *_named(ends_of(meeting.pair)), slots[meeting.slot_id], tables[meeting.table_id]
        )
        for meeting in meetings
    )


def ends_of(pair: Pair) -> Ends:
    """The two registrations of a pair, demand first."""
    return pair.demand_id, pair.supply_id


def ends_in(meeting: scheduling.Meeting | scheduling.Unplaced) -> Ends:
    """The two registrations of the engine's meeting or unplaced request."""
    return int(meeting.demand), int(meeting.supply)


def idle_slots(taken: Collection[int], slots: Sequence[Slot]) -> list[int]:
    """The slots between the first and the last of `taken`, day by day, in which nothing is held."""
    days: dict[date, list[int]] = {}
    for number in taken:
        days.setdefault(localtime(slots[number].starts_at).date(), []).append(number)
    return [
        number
        for numbers in days.values()
        for number in range(min(numbers), max(numbers))
        if number not in numbers
    ]


def participants_of(fair: Fair, slots: dict[int, int]) -> tuple[scheduling.Participant, ...]:
    """The approved registrations of a fair, with what they said; `slots` numbers slots by id.

    Slots that are new to the fair, and have no id yet, are taken as free for everybody.
    """
    absent = unavailable_slots(fair)
    everything = range(max(slots.values(), default=-1) + 1)
    rows = Registration.objects.filter(fair=fair, stage=RegistrationStage.APPROVED).order_by("pk")
    participants = []
    for row in rows:
        away = {slots[pk] for pk in absent.get(row.pk, ()) if pk in slots}
        participants.append(
            scheduling.Participant(
                str(row.pk),
                SIDES[Side(row.side)],
                parallel=row.parallel,
                available=frozenset(everything) - away if away else None,
                max_meetings=row.max_meetings,
            )
        )
    return tuple(participants)


def _tables_in(slot: int, locks: Iterable[scheduling.Lock], planned: int | None) -> int:
    """How many tables a slot has: those to plan, and as many more as locked meetings need.

    A slot that is over (`planned` is None) has room for what was locked in it and no more.
    """
    here = [lock for lock in locks if lock.slot == slot]
    if planned is None:
        return len(here)
    return max([planned, *(lock.table + 1 for lock in here if lock.table is not None)])


def _named(ends: Ends) -> tuple[str, str]:
    return str(ends[0]), str(ends[1])
