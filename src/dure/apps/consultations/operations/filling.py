"""Who could take a place that became free; the engine decides."""

from dataclasses import dataclass
from datetime import date

from dure.apps.consultations import queries
from dure.apps.consultations.adapter import to_engine
from dure.apps.fairs.models import Meeting, Pair
from dure.engines import scheduling


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that could take a free place; `is_waiting` at the desk, `are_here` both checked in."""

    pair: Pair
    weight: int
    is_waiting: bool
    are_here: bool


def candidates_for(freed: Meeting, on: date, limit: int = 5) -> list[Candidate]:
    """Who could take the place of a freed meeting, the best first; nobody when it is taken.

    Only pairs whose demand organisation was checked in, or that wait at the desk: a firm can be
    called, but nobody is sent to the table of a buyer who is not there.

    The place itself is given by `fill_place`, which looks again.
    """
    if queries.is_taken(freed):
        return []
    hall = to_engine(freed.timetable, on)
    here = queries.organisations_here(freed.timetable.fair, on)
    offered = {}
    for pair in queries.pairs_to_fill_with(freed.timetable.fair):
        if pair.demand_id not in here and not pair.is_waiting:
            continue
        request = scheduling.Request(str(pair.demand_id), str(pair.supply_id), pair.weight)
        are_here = {pair.demand_id, pair.supply_id} <= here
        offered[scheduling.Candidate(request, pair.is_waiting, are_here)] = pair.pair_id
    [slot] = hall.places({freed.slot_id})
    best = scheduling.candidates(hall.fair, hall.meetings, offered, slot=slot)[:limit]
    pairs = queries.pairs_by_id(offered[candidate] for candidate in best)
    return [
        Candidate(
            pairs[offered[candidate]],
            candidate.request.weight,
            candidate.is_waiting,
            candidate.are_here,
        )
        for candidate in best
    ]
