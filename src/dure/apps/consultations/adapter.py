"""The hall on the day, for the engine: what stands is a fact, and more may be added to it.

Participants are registrations, by their id. All tables count, those kept free for walk-ins too.
Meetings that stand bind nobody to what was said before: who meets in a slot is there, and has not
met too often. So a late change of mind never keeps the desk from placing others.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from dure.apps.fairs.models import Meeting, Pair, Registration, Slot, Table
from dure.apps.fairs.models import Timetable as TimetableRow
from dure.apps.fairs.queries import forbidden_pairs, meeting_slots, meetings_of, unavailable_slots
from dure.apps.fairs.stages import RegistrationStage
from dure.engines import scheduling


@dataclass(frozen=True, slots=True)
class Hall:
    """The engine's fair and the meetings in it; places in `slots` and `tables` are its numbers."""

    fair: scheduling.Fair
    meetings: tuple[scheduling.Meeting, ...]
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]

    def request(self, pair: Pair) -> scheduling.Request:
        """The request of a pair, as the engine knows it."""
        return scheduling.Request(str(pair.demand_id), str(pair.supply_id), 1)

    def places(self, slots: set[int]) -> set[int]:
        """The engine's numbers of slots, by id."""
        return {number for number, slot in enumerate(self.slots) if slot.pk in slots}


def to_engine(timetable: TimetableRow, on: date) -> Hall:
    """The released timetable of a fair on a day, with everybody who is approved or meets anyway."""
    fair = timetable.fair
    slots, tables = tuple(meeting_slots(fair)), tuple(fair.tables.order_by("is_spare", "number"))
    slot_numbers = {slot.pk: number for number, slot in enumerate(slots)}
    table_numbers = {table.pk: number for number, table in enumerate(tables)}
    meetings = tuple(
        scheduling.Meeting(
            str(meeting.pair.demand_id),
            str(meeting.pair.supply_id),
            slot_numbers[meeting.slot_id],
            table_numbers[meeting.table_id],
        )
        for meeting in meetings_of(timetable).select_related(None).select_related("pair")
    )
    stand = {(meeting.demand, meeting.supply) for meeting in meetings}
    participants = _participants(fair.pk, slot_numbers, meetings, unavailable_slots(fair))
    # Whoever is approved in this very moment may be in the one list and not in the other.
    known = {participant.id for participant in participants}
    engine = scheduling.Fair(
        slots=len(slots),
        tables=len(tables),
        participants=participants,
        requests=tuple(scheduling.Request(*pair, 1) for pair in sorted(stand)),
        forbidden=frozenset(
            pair
            for demand, supply in forbidden_pairs(fair, on)
            if (pair := (str(demand), str(supply))) not in stand and known.issuperset(pair)
        ),
    )
    return Hall(engine, meetings, slots, tables)


def to_row(
    hall: Hall, meeting: scheduling.Meeting, timetable: TimetableRow, pair: Pair, at: datetime
) -> Meeting:
    """A meeting of the engine as a row, told to both in person: so it is locked."""
    return Meeting(
        timetable=timetable,
        pair=pair,
        slot=hall.slots[meeting.slot],
        table=hall.tables[meeting.table],
        is_locked=True,
        placed_at=at,
    )


def _participants(
    fair_id: int,
    slot_numbers: dict[int, int],
    meetings: tuple[scheduling.Meeting, ...],
    absent: dict[int, set[int]],
) -> tuple[scheduling.Participant, ...]:
    held = Counter(who for m in meetings for who in (m.demand, m.supply))
    at_once = Counter((who, m.slot) for m in meetings for who in (m.demand, m.supply))
    rows = Registration.objects.filter(fair=fair_id).order_by("pk")
    participants = []
    for row in rows:
        who = str(row.pk)
        if row.stage != RegistrationStage.APPROVED and not held[who]:
            continue
        meets_in = {slot for (participant, slot) in at_once if participant == who}
        away = {slot_numbers[pk] for pk in absent.get(row.pk, ()) if pk in slot_numbers}
        limit = row.max_meetings
        participants.append(
            scheduling.Participant(
                who,
                scheduling.Side(row.side),
                parallel=max([row.parallel, *(at_once[who, slot] for slot in meets_in)]),
                available=frozenset(slot_numbers.values()) - (away - meets_in),
                max_meetings=None if limit is None else max(limit, held[who]),
            )
        )
    return tuple(participants)
