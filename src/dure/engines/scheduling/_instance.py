"""A fair in numbers, with everything that its locks have taken already taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dure.engines.scheduling._contradictions import is_forbidden
from dure.engines.scheduling._model import Fair, Meeting, Side

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Instance:
    """What is still open to decide. People are numbered in the order of their ids.

    `seats[p, t]` is how many meetings person p can still hold in slot t, `limits[p]` in all,
    `tables[t]` how many slot t can. `asked[i]` is the place in `fair.requests` of open request i:
    neither locked nor forbidden, and with a slot for both; open requests stand in the order of
    their ids. `waits[p]` says that p is not of the demand side, so that waiting should be short and
    nobody left out; `alone[p]` that such a p has no meeting yet.
    `before[i]` is the slot of request i in the timetable to stay near to, or -1.
    """

    ids: tuple[str, ...]
    seats: Ints
    limits: Ints
    tables: Ints
    asked: Ints
    left: Ints
    right: Ints
    weight: Ints
    alone: Flags
    waits: Flags
    before: Ints
    locked_weight: int

    @property
    def common(self) -> Flags:
        """Slots (columns) in which request i (rows) could be held if nothing else were."""
        free: Flags = self.seats > 0
        both: Flags = free[self.left] & free[self.right]
        return both


def instance_of(fair: Fair, near: Sequence[Meeting] = ()) -> Instance:
    """Return the numbers of `fair`, which must be free of contradictions."""
    people = sorted(fair.participants, key=lambda participant: participant.id)
    number = {participant.id: index for index, participant in enumerate(people)}
    tables = np.array(fair.tables_by_slot, dtype=np.int64)
    parallel = np.array([person.parallel for person in people], dtype=np.int64)
    seats = np.repeat(parallel[:, None], fair.slots, axis=1)
    for index, person in enumerate(people):
        if person.available is not None:
            seats[index, [slot for slot in range(fair.slots) if slot not in person.available]] = 0
    seats[:, tables == 0] = 0
    no_limit = int(parallel.max(initial=1)) * fair.slots
    limits = np.array(
        [no_limit if person.max_meetings is None else person.max_meetings for person in people],
        dtype=np.int64,
    )
    waits = np.array([person.side is not Side.DEMAND for person in people], dtype=np.bool_)
    alone = waits.copy()
    for lock in fair.locked:
        tables[lock.slot] -= 1
        for one_id in (lock.demand, lock.supply):
            seats[number[one_id], lock.slot] -= 1
            limits[number[one_id]] -= 1
            alone[number[one_id]] = False
    seats[:, tables == 0] = 0
    limits = np.minimum(limits, seats.sum(axis=1))

    asked, left, right, weight = _open_requests(fair, number, seats, limits)
    locked = {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
    locked_weight = sum(
        request.weight
        for request in fair.requests
        if locked and frozenset((request.demand, request.supply)) in locked
    )
    return Instance(
        ids=tuple(person.id for person in people),
        seats=seats,
        limits=limits,
        tables=tables,
        asked=asked,
        left=left,
        right=right,
        weight=weight,
        alone=alone,
        waits=waits,
        before=_before(fair, near, asked, (seats > 0)[left] & (seats > 0)[right]),
        locked_weight=locked_weight,
    )


def _open_requests(
    fair: Fair, number: Mapping[str, int], seats: Ints, limits: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    left = np.array([number[request.demand] for request in fair.requests], dtype=np.int64)
    right = np.array([number[request.supply] for request in fair.requests], dtype=np.int64)
    weight = np.array([request.weight for request in fair.requests], dtype=np.int64)
    free = seats > 0
    is_open = (free[left] & free[right]).any(axis=1) & (limits[left] > 0) & (limits[right] > 0)
    if fair.forbidden:
        is_open &= np.array(
            [not is_forbidden(fair, request) for request in fair.requests], dtype=bool
        )
    if fair.locked:
        locked = {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
        is_open &= np.array(
            [
                frozenset((request.demand, request.supply)) not in locked
                for request in fair.requests
            ],
            dtype=bool,
        )
    (asked,) = np.nonzero(is_open)
    asked = asked[np.lexsort((right[asked], left[asked]))]
    return asked, left[asked], right[asked], weight[asked]


def _before(fair: Fair, near: Sequence[Meeting], asked: Ints, common: Flags) -> Ints:
    before = np.full(len(asked), -1, dtype=np.int64)
    if not near:
        return before
    slots = {frozenset((meeting.demand, meeting.supply)): meeting.slot for meeting in near}
    for index, place in enumerate(asked.tolist()):
        request = fair.requests[place]
        slot = slots.get(frozenset((request.demand, request.supply)), -1)
        if 0 <= slot < fair.slots and common[index, slot]:
            before[index] = slot
    return before
