"""Which requests to hold, as if every chosen meeting found a slot: a best flow, and a bound.

A set of meetings in which nobody has more than they can hold is a b-matching. Between two sides
its heaviest one is a minimum-cost flow, whole by nature (Ford and Fulkerson 1962, Flows in
Networks); it leaves out only that meetings need slots, so its weight bounds every timetable's.
The objectives stand one above the other in one cost: weight; then people not left alone, a
first-meeting bonus, which is a convex cost and so still a flow; then pairs of the timetable before.
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from dure.engines.scheduling._arena import Arena, Flags, Ints


def sides(arena: Arena) -> tuple[Ints, Ints] | None:
    """Return the two ends of every request so that nobody is on both sides; None if impossible.

    Every person is doubled; a graph has two sides exactly when no person is connected with their
    own double.
    """
    people = len(arena.ids)
    ends = np.concatenate([arena.left, arena.right]), np.concatenate([arena.right, arena.left])
    doubled = csr_array(
        (np.ones(len(ends[0]), dtype=np.int8), (ends[0], ends[1] + people)),
        shape=(2 * people, 2 * people),
    )
    _, part = connected_components(doubled, directed=False)
    own, double = part[:people], part[people:]
    if np.any(own[arena.left] == double[arena.left]):
        return None
    turned = own[arena.left] > double[arena.left]
    if not np.any(own[arena.left] < double[arena.left]):
        turned = ~turned
    return np.where(turned, arena.right, arena.left), np.where(turned, arena.left, arena.right)


def prices(arena: Arena) -> tuple[Ints, int, int]:
    """Return the cost of every request, of the first meeting of somebody alone, and of weight 1."""
    for near in ((arena.before >= 0), np.zeros(len(arena.before), dtype=np.bool_)):
        first = int(near.sum()) + 1
        unit = first * (int(arena.alone.sum()) + 1)
        if unit * int(arena.weight.max(initial=1)) * (len(arena.ids) + 3) < 2**60:
            break
    return arena.weight * unit + near, first, unit


def choose_by_flow(arena: Arena, left: Ints, right: Ints) -> Flags:
    """Return a best set of meetings that leaves out the slots; the ends are as `sides` gave them."""
    people, requests = len(arena.ids), len(arena.asked)
    source, sink = people, people + 1
    value, first, _ = prices(arena)
    givers, takers = np.unique(left), np.unique(right)
    total = min(
        int(arena.limits[givers].sum()), int(arena.limits[takers].sum()), int(arena.tables.sum())
    )
    bonus = np.where(arena.alone, first, 0)
    once, more = np.minimum(arena.limits, 1), np.maximum(arena.limits - 1, 0)
    from_source, to_sink = np.full(len(givers), source), np.full(len(takers), sink)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([left, from_source, from_source, takers, takers, [source]]),
        np.concatenate([right, givers, givers, to_sink, to_sink, [sink]]),
        np.concatenate(
            [
                np.ones(requests, dtype=np.int64),
                *(once[givers], more[givers], once[takers], more[takers]),
                [total],
            ]
        ),
        np.concatenate(
            [
                -value,
                *(-bonus[givers], np.zeros(len(givers), dtype=np.int64)),
                *(-bonus[takers], np.zeros(len(takers), dtype=np.int64)),
                [0],
            ]
        ),
    )
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow has no optimum: {status}")
    chosen: Flags = np.asarray(flow.flows(arcs[:requests])) > 0
    return chosen


def degrees(arena: Arena) -> csr_array:
    """Return the matrix that counts, for everybody (rows), the meetings of chosen requests."""
    requests = np.arange(len(arena.asked))
    return csr_array(
        (
            np.ones(2 * len(requests)),
            (np.concatenate([arena.left, arena.right]), np.concatenate([requests, requests])),
        ),
        shape=(len(arena.ids), len(requests)),
    )
