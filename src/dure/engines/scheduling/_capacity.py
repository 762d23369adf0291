"""How many meetings a fair can hold at most, before anybody has asked for one."""

import numpy as np
import scipy  # it loads its parts when they are first used; most processes never do

from dure.engines.scheduling._contradictions import refuse_contradictions
from dure.engines.scheduling._model import Fair, Participant, Side


def capacity(fair: Fair) -> int:
    """Return the most meetings that tables, availability and limits allow, whoever meets whom.

    Between two sides it is a largest flow from the demand side through the slots to the supply
    side. In one group every meeting takes two people, and the figure is an upper limit. Raises
    Contradiction.
    """
    refuse_contradictions(fair)
    by_side = {
        side: [participant for participant in fair.participants if participant.side is side]
        for side in Side
    }
    either = by_side[Side.EITHER]
    tables = np.array(fair.tables_by_slot, dtype=np.int32)
    if not either:
        return _through(fair, by_side[Side.DEMAND], tables, by_side[Side.SUPPLY])
    everybody = _through(fair, fair.participants, tables * 2, None)
    demand_side = _through(fair, [*by_side[Side.DEMAND], *either], tables, None)
    supply_side = _through(fair, [*by_side[Side.SUPPLY], *either], tables, None)
    return min(everybody // 2, demand_side, supply_side)


def _through(
    fair: Fair,
    demand_side: list[Participant] | tuple[Participant, ...],
    tables: np.ndarray[tuple[int], np.dtype[np.int32]],
    supply_side: list[Participant] | None,
) -> int:
    """Return the largest flow from `demand_side` through the tables of the slots to `supply_side`."""
    slots = fair.slots
    first_of_supply = 2 * slots + len(demand_side)
    source = first_of_supply + len(supply_side or ())
    sink = source + 1
    arcs: list[tuple[int, int, int]] = []
    for slot, count in enumerate(tables.tolist()):
        arcs.append((slot, slots + slot, count))
        if supply_side is None:
            arcs.append((slots + slot, sink, count))
    for number, participant in enumerate(demand_side):
        person = 2 * slots + number
        arcs.append((source, person, _limit(fair, participant)))
        arcs += [(person, slot, participant.parallel) for slot in _slots(fair, participant)]
    for number, participant in enumerate(supply_side or ()):
        person = first_of_supply + number
        arcs.append((person, sink, _limit(fair, participant)))
        arcs += [(slots + slot, person, participant.parallel) for slot in _slots(fair, participant)]
    tails, heads, room = np.array(arcs, dtype=np.int32).T
    graph = scipy.sparse.csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1))
    return int(scipy.sparse.csgraph.maximum_flow(graph, source, sink).flow_value)


def _limit(fair: Fair, participant: Participant) -> int:
    most = participant.parallel * fair.slots
    return most if participant.max_meetings is None else min(participant.max_meetings, most)


def _slots(fair: Fair, participant: Participant) -> list[int]:
    return (
        list(range(fair.slots)) if participant.available is None else sorted(participant.available)
    )
