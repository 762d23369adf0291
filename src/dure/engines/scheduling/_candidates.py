"""Who can take a place that became free."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dure.engines.scheduling._explain import Hall
from dure.engines.scheduling._insert import within
from dure.engines.scheduling._model import Cause, Fair, Meeting, Request


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that would meet: `is_waiting` at the desk for a place, `are_here` both of them."""

    request: Request
    is_waiting: bool = False
    are_here: bool = False


def candidates(
    fair: Fair, meetings: Sequence[Meeting], offered: Iterable[Candidate], *, slot: int
) -> tuple[Candidate, ...]:
    """Return those of `offered` for whom there is room in `slot` beside `meetings`, best first.

    Who waits comes before who does not, then pairs that are both here, then the heavier request.
    Nothing is moved. Pairs that meet already, or of whom one does not take part, are left out.
    """
    hall = Hall(within(fair, {slot}, Counter()), meetings)
    fitting = [
        candidate
        for candidate in offered
        if {candidate.request.demand, candidate.request.supply} <= hall.people.keys()
        and not hall.is_held(candidate.request)
        and hall.cause(candidate.request) is Cause.PLACEABLE
    ]
    return tuple(sorted(fitting, key=_rank))


def _rank(candidate: Candidate) -> tuple[bool, bool, int, str, str]:
    asked = candidate.request
    return (
        not candidate.is_waiting,
        not candidate.are_here,
        -asked.weight,
        asked.demand,
        asked.supply,
    )
