"""How many meetings a set-up of days and halls can hold at most, before anybody has a wish."""

from collections.abc import Sequence
from dataclasses import dataclass

from dure.apps.fairs.adapter.timetable import participants_of
from dure.apps.fairs.models import Fair, Slot
from dure.apps.fairs.operations.setting_up import Day, HallPlan, slots_of
from dure.engines import scheduling

# How many of each side came to the fair of 2023; for a fair that nobody has registered for yet.
EXPECTED = (40, 147)


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a set-up holds; `limit` is TABLES, DEMAND or SUPPLY, or empty where several meet."""

    slots: int
    tables: int
    spare: int
    meetings: int
    limit: str


def capacity_of(
    *,
    days: Sequence[Day],
    halls: Sequence[HallPlan],
    spare_percent: int,
    fair: Fair | None = None,
    expected: tuple[int, int] = EXPECTED,
) -> SetUp:
    """What days and halls hold: for the approved of `fair`, or for `expected` of each side.

    Raises Refused.
    """
    slots = [slot for day in days for slot in slots_of(day) if not slot.is_break]
    slots.sort(key=lambda slot: slot.starts_at)
    total = sum(hall.tables for hall in halls)
    spare = round(total * spare_percent / 100)
    if not slots:
        return SetUp(0, total - spare, spare, 0, "")
    people = participants_of(fair, _kept(fair, slots)) if fair else ()
    if len({person.side for person in people}) < 2:
        people = _expected(*expected)
    engine = scheduling.Fair(len(slots), total - spare, people, ())
    limit = scheduling.capacity(engine)
    return SetUp(len(slots), total - spare, spare, limit, _limit(engine, limit))


def _limit(engine: scheduling.Fair, limit: int) -> str:
    if limit == sum(engine.tables_by_slot):
        return "TABLES"
    for side in (scheduling.Side.DEMAND, scheduling.Side.SUPPLY):
        if limit == sum(
            _most_of(participant, engine.slots)
            for participant in engine.participants
            if participant.side == side
        ):
            return side.value
    return ""


def _most_of(participant: scheduling.Participant, slots: int) -> int:
    free = slots if participant.available is None else len(participant.available)
    return min(participant.parallel * free, participant.max_meetings or participant.parallel * free)


def _kept(fair: Fair, slots: Sequence[Slot]) -> dict[int, int]:
    """The slots that a fair has already, by id, with their number among `slots`."""
    known = {(slot.starts_at, slot.ends_at): slot.pk for slot in fair.slots.filter(is_break=False)}
    return {
        known[slot.starts_at, slot.ends_at]: number
        for number, slot in enumerate(slots)
        if (slot.starts_at, slot.ends_at) in known
    }


def _expected(demand: int, supply: int) -> tuple[scheduling.Participant, ...]:
    sides = [scheduling.Side.DEMAND] * demand + [scheduling.Side.SUPPLY] * supply
    return tuple(scheduling.Participant(f"{n}", side) for n, side in enumerate(sides))
