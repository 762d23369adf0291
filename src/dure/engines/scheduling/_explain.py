"""Why a request is not held: the first true cause, judged by the meetings alone."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from dure.engines.scheduling._contradictions import is_forbidden, refuse_contradictions
from dure.engines.scheduling._model import (
    Cause,
    Fair,
    Meeting,
    Participant,
    Request,
    Unplaced,
    pair_of,
)

_IMMOVABLE = 1 << 60


def explain(fair: Fair, meetings: Iterable[Meeting]) -> tuple[Unplaced, ...]:
    """Return every request of `fair` that is not among `meetings`, with its cause.

    Raises Contradiction.
    """
    refuse_contradictions(fair)
    return causes(fair, tuple(meetings))


def causes(fair: Fair, meetings: Collection[Meeting]) -> tuple[Unplaced, ...]:
    """Do as `explain` does, for a fair known to be free of contradictions."""
    hall = Hall(fair, meetings)
    return tuple(
        Unplaced(request.demand, request.supply, hall.cause(request))
        for request in fair.requests
        if not hall.is_held(request)
    )


class Hall:
    """Who is busy when; slots are bit masks."""

    def __init__(self, fair: Fair, meetings: Collection[Meeting]) -> None:
        self.fair = fair
        self.held = {pair_of(m.demand, m.supply) for m in meetings}
        self.people = {participant.id: participant for participant in fair.participants}
        tables = fair.tables_by_slot
        in_slot = Counter(meeting.slot for meeting in meetings)
        in_use = sum(1 << slot for slot, count in enumerate(tables) if count > 0)
        self.tables_left = sum(
            1 << slot for slot, count in enumerate(tables) if count > in_slot[slot]
        )
        self.meetings = meetings
        self.available = {
            participant.id: _available(participant) & in_use for participant in fair.participants
        }
        self.in_all = Counter(participant for m in meetings for participant in (m.demand, m.supply))
        at_once: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for meeting in meetings:
            at_once[meeting.slot].update((meeting.demand, meeting.supply))
        self.full = dict.fromkeys(self.people, 0)
        for slot, here in at_once.items():
            for participant in here:
                if here[participant] >= self.people[participant].parallel:
                    self.full[participant] |= 1 << slot
        self._lightest: defaultdict[int, dict[str, int]] | None = None

    def is_held(self, request: Request) -> bool:
        return pair_of(request.demand, request.supply) in self.held

    def cause(self, request: Request) -> Cause:
        demand, supply = request.demand, request.supply
        common = self.available[demand] & self.available[supply]
        if self.fair.forbidden and is_forbidden(self.fair, request):
            return Cause.FORBIDDEN
        if not common:
            return Cause.NO_COMMON_SLOT
        if self._limit_reached(demand) or self._limit_reached(supply):
            return Cause.LIMIT_REACHED
        if not common & ~self.full[demand]:
            return Cause.DEMAND_FULL
        if not common & ~self.full[supply]:
            return Cause.SUPPLY_FULL
        if common & ~self.full[demand] & ~self.full[supply]:
            return Cause.PLACEABLE if self.room_for(request) else Cause.TABLES_FULL
        if all(weight >= request.weight for weight in self._in_the_way(request, common)):
            return Cause.OUTWEIGHED
        return Cause.NOT_FREE_TOGETHER

    def room_for(self, request: Request) -> int:
        """Return the common slots in which both sides and a table are free."""
        demand, supply = request.demand, request.supply
        common = self.available[demand] & self.available[supply] & self.tables_left
        return common & ~self.full[demand] & ~self.full[supply]

    def _limit_reached(self, participant: str) -> bool:
        limit = self.people[participant].max_meetings
        return limit is not None and self.in_all[participant] >= limit

    def _in_the_way(self, request: Request, common: int) -> Iterator[int]:
        """Give, for each common slot, the least weight that would have to go for `request`."""
        lightest = self.lightest
        for slot in range(self.fair.slots):
            if common >> slot & 1:
                yield sum(
                    lightest[slot][participant]
                    for participant in (request.demand, request.supply)
                    if self.full[participant] >> slot & 1
                )

    @property
    def lightest(self) -> Mapping[int, Mapping[str, int]]:
        """The weight of everybody's lightest meeting by slot; locks cannot go."""
        if self._lightest is None:
            weights = {pair_of(r.demand, r.supply): r.weight for r in self.fair.requests}
            locked = {pair_of(lock.demand, lock.supply) for lock in self.fair.locked}
            self._lightest = defaultdict(dict)
            for meeting in self.meetings:
                pair = pair_of(meeting.demand, meeting.supply)
                weight = _IMMOVABLE if pair in locked else weights.get(pair, 0)
                here = self._lightest[meeting.slot]
                for participant in (meeting.demand, meeting.supply):
                    here[participant] = min(here.get(participant, _IMMOVABLE), weight)
        return self._lightest


def _available(participant: Participant) -> int:
    return -1 if participant.available is None else sum(1 << slot for slot in participant.available)
