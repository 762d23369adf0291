"""The best assignment by either objective, and the nearest one to an assignment before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dure.engines.assigning._compiled import Compiled, assignment_of, compiled_of
from dure.engines.assigning._fair import fairest
from dure.engines.assigning._flow import best_by_flow, is_flow
from dure.engines.assigning._model import Assignment, Instance, Objective, Pair
from dure.engines.assigning._programme import Chosen, best_by_programme


def solve(
    instance: Instance, objective: Objective = Objective.TOTAL, *, seconds: float = 60.0
) -> Assignment:
    """Return a best assignment of `instance`.

    It is the same on every run as long as it is proven; a proof that takes longer than `seconds` is
    given up, and `bound` says how far from the best it can be at most.

    Raises Impossible, and OutOfTime when not even a first assignment was found.
    """
    compiled = compiled_of(instance)
    if objective is Objective.FAIR:
        chosen, bound, leximin = fairest(compiled, seconds)
        return assignment_of(instance, compiled, chosen, bound, is_fair=True, leximin=leximin)
    chosen, best = _highest_total(compiled, seconds)
    return assignment_of(instance, compiled, chosen, best)


def adjust(
    instance: Instance, before: Mapping[str, Sequence[str]], *, seconds: float = 60.0
) -> Assignment:
    """Return the assignment with the fewest pairs of `before` given up; among those the best total.

    `before` may name reviewers and applications that are gone. `bound` is that of the total among
    the assignments with as few changes. Raises Impossible, and OutOfTime.
    """
    reviewers = {reviewer.id for reviewer in instance.reviewers}
    applications = {application.id: application for application in instance.applications}
    kept: set[Pair] = {
        (reviewer, application)
        for application, assigned in before.items()
        for reviewer in assigned
        if reviewer in reviewers and application in applications
    }
    wanted = sum(application.reviews for application in instance.applications)
    fits = instance.fit.values()
    worth = (max(fits, default=0) - min(0, min(fits, default=0))) * 2 * wanted + 1
    nearer = dict(instance.fit)
    for pair in sorted(kept):
        nearer[pair] = nearer.get(pair, 0) + worth
    compiled = compiled_of(instance, nearer)
    chosen, bound = _highest_total(compiled, seconds)
    plain = assignment_of(instance, compiled, chosen, None)
    if bound is None:
        return plain
    bound -= worth * len(plain.pairs & kept)
    return replace(plain, bound=max(bound, plain.total), optimal=bound <= plain.total)


def _highest_total(compiled: Compiled, seconds: float) -> tuple[Chosen, int | None]:
    """Return the chosen pairs and the bound of their total with the fixed ones, None if proven."""
    if not is_flow(compiled):
        return best_by_programme(compiled, seconds)
    chosen, bound = best_by_flow(compiled)
    gains = compiled.gain_of()
    is_proven = bound == sum(gains.get(pair, 0) for pair in chosen)
    return chosen, None if is_proven else bound + int(compiled.base.sum())
