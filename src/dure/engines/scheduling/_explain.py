"""Why a request is not held: the first true cause, judged by the meetings alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from dure.engines.scheduling._contradictions import is_forbidden, refuse_contradictions
from dure.engines.scheduling._model import Cause, Fair, Meeting, Participant, Request, Unplaced

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
        self.held = {(m.demand, m.supply) for m in meetings}
        self.people = {one.id: one for one in fair.participants}
        tables = fair.tables_by_slot
        in_slot = Counter(meeting.slot for meeting in meetings)
        in_use = sum(1 << slot for slot, count in enumerate(tables) if count > 0)
        self.tables_left = sum(
            1 << slot for slot, count in enumerate(tables) if count > in_slot[slot]
        )
        self.meetings = meetings
        self.available = {one.id: _available(one) & in_use for one in fair.participants}
        self.in_all = Counter(one for m in meetings for one in (m.demand, m.supply))
        at_once = Counter((one, m.slot) for m in meetings for one in (m.demand, m.supply))
        self.full = dict.fromkeys(self.people, 0)
        for (one, slot), count in at_once.items():
            if count >= self.people[one].parallel:
                self.full[one] |= 1 << slot
        self._lightest: dict[tuple[str, int], int] | None = None

    def is_held(self, request: Request) -> bool:
        return (request.demand, request.supply) in self.held or (
            request.supply,
            request.demand,
        ) in self.held

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

    def _limit_reached(self, one: str) -> bool:
        limit = self.people[one].max_meetings
        return limit is not None and self.in_all[one] >= limit

    def _in_the_way(self, request: Request, common: int) -> Iterator[int]:
        """Give, for each common slot, the least weight that would have to go for `request`."""
        lightest = self.lightest
        for slot in range(self.fair.slots):
            if common >> slot & 1:
                yield sum(
                    lightest[one, slot]
                    for one in (request.demand, request.supply)
                    if self.full[one] >> slot & 1
                )

    @property
    def lightest(self) -> dict[tuple[str, int], int]:
        """The weight of everybody's lightest meeting in every slot; locks cannot go."""
        if self._lightest is None:
            weights = {frozenset((r.demand, r.supply)): r.weight for r in self.fair.requests}
            locked = {frozenset((lock.demand, lock.supply)) for lock in self.fair.locked}
            self._lightest = {}
            for meeting in self.meetings:
                pair = frozenset((meeting.demand, meeting.supply))
                weight = _IMMOVABLE if pair in locked else weights.get(pair, 0)
                for one in (meeting.demand, meeting.supply):
                    known = self._lightest.get((one, meeting.slot), _IMMOVABLE)
                    self._lightest[one, meeting.slot] = min(known, weight)
        return self._lightest


def _available(one: Participant) -> int:
    return -1 if one.available is None else sum(1 << slot for slot in one.available)
