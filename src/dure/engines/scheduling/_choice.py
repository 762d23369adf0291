"""Which requests to hold, as if every chosen meeting found a slot: a best flow, and a bound.

A set of meetings in which nobody has more than they can hold is a b-matching. Between two sides
its heaviest one is a minimum-cost flow, whole by nature (Ford and Fulkerson 1962, Flows in
Networks); it leaves out only that meetings need slots, so its weight bounds every timetable's.
The objectives stand one above the other in one cost: weight; then people not left alone, a
first-meeting bonus, which is a convex cost and so still a flow; then pairs of the timetable before.
"""

import numpy as np
import scipy  # it loads its parts when they are first used; most processes never do
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from dure.engines.scheduling._instance import Flags, Instance, Ints


def sides(instance: Instance) -> tuple[Ints, Ints] | None:
    """Return the two ends of every request so that nobody is on both sides; None if impossible.

    Every person is doubled; a graph has two sides exactly when no person is connected with their
    own double.
    """
    if not len(np.intersect1d(instance.left, instance.right)):
        return instance.left, instance.right
    people = len(instance.ids)
    ends = (
        np.concatenate([instance.left, instance.right]),
        np.concatenate([instance.right, instance.left]),
    )
    doubled = scipy.sparse.csr_array(
        (np.ones(len(ends[0]), dtype=np.int8), (ends[0], ends[1] + people)),
        shape=(2 * people, 2 * people),
    )
    _, part = scipy.sparse.csgraph.connected_components(doubled, directed=False)
    own, double = part[:people], part[people:]
    if np.any(own[instance.left] == double[instance.left]):
        return None
    turned = own[instance.left] > double[instance.left]
    return np.where(turned, instance.right, instance.left), np.where(
        turned, instance.left, instance.right
    )


def prices(instance: Instance) -> tuple[Ints, int, int]:
    """Return the cost of every request, of the first meeting of somebody alone, and of weight 1."""
    for near in ((instance.before >= 0), np.zeros(len(instance.before), dtype=np.bool_)):
        first = int(near.sum()) + 1
        unit = first * (int(instance.alone.sum()) + 1)
        if unit * int(instance.weight.max(initial=1)) * (len(instance.ids) + 3) < 2**60:
            break
    return instance.weight * unit + near, first, unit


def tables_bind(instance: Instance, left_people: Ints) -> bool:
    """Say whether the tables of some slot hold fewer meetings than the seats of `left_people`."""
    return bool(np.any(instance.seats[left_people].sum(axis=0) > instance.tables))


def choose_by_flow(instance: Instance, left: Ints, right: Ints) -> tuple[Flags, Ints]:
    """Return a best set of meetings, each person apart, and the seats to begin placing with.

    The ends are as `sides` gave them. Where tables are scarce, the flow reaches the left side
    through the slots, so that no slot has more meetings than tables; the seats that it used are
    those to begin with.
    """
    people, requests = len(instance.ids), len(instance.asked)
    slots = len(instance.tables)
    source, sink, first_slot, first_left = people, people + 1, people + 2, people + 2 + slots
    value, first, _ = prices(instance)
    left_people, right_people = np.unique(left), np.unique(right)
    total = min(
        int(instance.limits[left_people].sum()),
        int(instance.limits[right_people].sum()),
        int(instance.tables.sum()),
    )
    bonus = np.where(instance.alone, first, 0)
    once, more = np.minimum(instance.limits, 1), np.maximum(instance.limits - 1, 0)
    layers: list[tuple[int | Ints, ...]] = [  # tails, heads, capacities, costs
        (left, right, 1, -value),
        (right_people, sink, once[right_people], -bonus[right_people]),
        (right_people, sink, more[right_people], 0),
        (source, np.array([sink]), total, 0),
    ]
    origin: int | Ints = source
    is_scarce = tables_bind(instance, left_people)
    if is_scarce:
        origin = first_left + np.arange(len(left_people))
        every = np.arange(slots)
        from_slots = np.tile(first_slot + every, len(left_people))
        layers.insert(
            1, (from_slots, np.repeat(origin, slots), instance.seats[left_people].ravel(), 0)
        )
        layers.append((source, first_slot + every, instance.tables, 0))
    layers += [
        (origin, left_people, once[left_people], -bonus[left_people]),
        (origin, left_people, more[left_people], 0),
    ]
    broadcast = [np.broadcast_arrays(*layer) for layer in layers]
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        *(np.concatenate([layer[part] for layer in broadcast]) for part in range(4))
    )
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow has no optimum: {status}")
    chosen: Flags = np.asarray(flow.flows(arcs[:requests])) > 0
    seats = instance.seats.copy()
    if is_scarce:
        used = flow.flows(arcs[requests : requests + len(left_people) * slots])
        seats[left_people] = np.asarray(used).reshape(len(left_people), slots)
    return chosen, seats
