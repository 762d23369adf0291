"""The highest total as a flow of least cost: whole by nature, so what it finds is proven.

From the office to the reviewers, from them to the applications (Ford and Fulkerson 1962, Flows in
Networks). A reviewer's minimum enters the network as supply of their own. Pairs without a fit are
all alike: where there are too many to be columns each, they go through one hub, which bounds every
assignment; the pairs behind it are found afterwards.
"""

from collections import Counter

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from dure.engines.assigning._compiled import Compiled, Ints
from dure.engines.assigning._model import Impossible

_COSTS_UP_TO = 2**60


def best_by_flow(compiled: Compiled, gain: Ints | None = None) -> tuple[list[tuple[int, int]], int]:
    """Return the pairs of the highest total, and its bound, the fixed pairs left out of it.

    It is the total itself, unless gains are so large that they had to be rounded.
    `is_flow(compiled)` must hold. Raises Impossible.
    """
    gain = compiled.gain if gain is None else gain
    explicit: list[tuple[int, int]] = []
    while True:
        chosen, of_reviewer, of_application, bound = _solve(compiled, gain, explicit)
        hidden = _behind_the_hub(compiled, of_reviewer, of_application)
        if isinstance(hidden, list):
            break
        # They cannot all be served behind the hub: let them see all their pairs.
        explicit += [
            (reviewer, application)
            for application in hidden - {application for _, application in explicit}
            for reviewer in range(compiled.reviewers)
            if (reviewer, application) not in compiled.barred
        ]
    pairs = zip(
        compiled.reviewer[chosen].tolist(), compiled.application[chosen].tolist(), strict=True
    )
    return [*pairs, *hidden], bound


def is_flow(compiled: Compiled) -> bool:
    """Say whether needs fit into a flow: nobody counts for two needs of one application."""
    of_needed = Counter((a, reviewer) for a, those, _ in compiled.needs for reviewer in those)
    return max(of_needed.values(), default=0) <= 1


def _solve(
    compiled: Compiled, gain: Ints, explicit: list[tuple[int, int]]
) -> tuple[Ints, Ints, Ints, int]:
    """Return the columns chosen, what goes through the hub by reviewer and application, the bound.

    Pairs in `explicit` are counted with the hub.
    """
    reviewers, applications = compiled.reviewers, compiled.applications
    office, hub = reviewers + applications, reviewers + applications + 1
    wanted = int(compiled.demand.sum())
    if compiled.low.sum() > wanted:
        raise Impossible
    unit = 1
    while int(np.abs(gain).max(initial=0)) // unit * (hub + 2) > _COSTS_UP_TO:
        unit *= 2
    flow = SimpleMinCostFlow()
    everyone, every_application = np.arange(reviewers), np.arange(applications)
    goal, needed = _goals(compiled, hub + 1)
    flow.add_arcs_with_capacity_and_unit_cost(
        compiled.reviewer, goal, np.ones_like(gain), -(gain // unit)
    )
    in_need = np.array([a for a, _, _ in compiled.needs], dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(
        hub + 1 + np.arange(len(needed)),
        reviewers + in_need,
        compiled.demand[in_need],
        np.zeros_like(in_need),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(reviewers, office), everyone, compiled.high - compiled.low, np.zeros_like(everyone)
    )
    first = flow.num_arcs()
    if not compiled.is_whole:
        seeing = np.zeros(applications, dtype=np.bool_)
        seeing[[application for _, application in explicit]] = True
        flow.add_arcs_with_capacity_and_unit_cost(
            everyone, np.full(reviewers, hub), compiled.high, np.zeros_like(everyone)
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            np.full(applications, hub),
            reviewers + every_application,
            np.where(seeing, 0, compiled.demand),
            np.zeros_like(every_application),
        )
        pairs = np.array(explicit, dtype=np.int64).reshape(-1, 2)
        flow.add_arcs_with_capacity_and_unit_cost(
            pairs[:, 0],
            reviewers + pairs[:, 1],
            np.ones(len(pairs), int),
            np.zeros(len(pairs), int),
        )
    free = compiled.demand - np.bincount(in_need, needed, minlength=applications).astype(np.int64)
    if (free < 0).any():
        raise Impossible
    supplies = np.concatenate([compiled.low, -free, [wanted - compiled.low.sum(), 0], -needed])
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    if flow.solve() != flow.OPTIMAL:
        raise Impossible
    chosen = np.flatnonzero(flow.flows(np.arange(len(gain))))
    bound = -flow.optimal_cost() * unit + (wanted * (unit - 1))
    none = np.zeros(reviewers, int), np.zeros(applications, int)
    if compiled.is_whole:
        return chosen, *none, bound
    through = flow.flows(np.arange(first, flow.num_arcs()))
    of_reviewer = through[:reviewers].copy()
    of_application = through[reviewers : reviewers + applications].copy()
    for (reviewer, application), used in zip(
        explicit, through[reviewers + applications :], strict=True
    ):
        of_reviewer[reviewer] += used
        of_application[application] += used
    return chosen, of_reviewer, of_application, bound


def _goals(compiled: Compiled, first: int) -> tuple[Ints, Ints]:
    """Return the node that every column leads to, and how many each node of a need must get.

    Whoever is of a needed kind goes through the node of that need, which keeps what it needs and
    passes the rest on to the application.
    """
    goal = compiled.reviewers + compiled.application
    if compiled.needs:
        at = {
            (a, reviewer): n for n, (a, those, _) in enumerate(compiled.needs) for reviewer in those
        }
        columns = zip(compiled.reviewer.tolist(), compiled.application.tolist(), strict=True)
        through = np.array([at.get((a, r), -1) for r, a in columns], dtype=np.int64)
        goal = np.where(through >= 0, first + through, goal)
    return goal, np.array([wanted for _, _, wanted in compiled.needs], dtype=np.int64)


def _behind_the_hub(
    compiled: Compiled, of_reviewer: Ints, of_application: Ints
) -> list[tuple[int, int]] | set[int]:
    """Return pairs without a fit with these sums, or, if there are none, the applications."""
    if not of_application.any():
        return []
    givers, takers = np.flatnonzero(of_reviewer), np.flatnonzero(of_application)
    columns = np.array(
        [(r, a) for a in takers.tolist() for r in givers.tolist() if (r, a) not in compiled.barred],
        dtype=np.int64,
    ).reshape(-1, 2)
    flow = SimpleMinCostFlow()
    short = compiled.reviewers + compiled.applications
    ones = np.ones(len(columns), dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(
        columns[:, 0], compiled.reviewers + columns[:, 1], ones, 0 * ones
    )
    open_ends = flow.add_arcs_with_capacity_and_unit_cost(
        np.full(len(takers), short),
        compiled.reviewers + takers,
        of_application[takers],
        np.ones_like(takers),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        givers, np.full(len(givers), short), of_reviewer[givers], np.zeros_like(givers)
    )
    flow.set_nodes_supplies(
        np.arange(short + 1), np.concatenate([of_reviewer, -of_application, [0]])
    )
    if flow.solve() != flow.OPTIMAL:
        raise AssertionError("reviewers and applications do not add up behind the hub")
    if flow.flows(open_ends).any():
        return set(takers.tolist())
    return [(r, a) for r, a in columns[flow.flows(np.arange(len(columns))) > 0].tolist()]
