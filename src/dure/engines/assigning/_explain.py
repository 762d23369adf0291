"""Why no assignment exists: a smallest set of limits that clash.

A smallest clash hits every correction set (Reiter 1987, A theory of diagnosis from first
principles); so the smallest set that hits all correction sets met so far is tried, until one is a
clash itself (Ignatiev et al. 2015, Smallest MUS extraction with minimal hitting set dualization).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ortools.sat.python import cp_model

from dure.engines.assigning._compiled import compiled_of
from dure.engines.assigning._flow import best_by_flow, is_flow
from dure.engines.assigning._model import Application, Impossible, Instance, Pair

_PAIRS_UP_TO = 30_000
_ROUNDS = 60
_ROUNDS_WITH_ONE = 10  # when a clash is known already
_EFFORT = 0.2  # deterministic seconds for one step of the search
_SAID_ONE_BY_ONE = 12


class Kind(StrEnum):
    """A limit of an instance that can be given up."""

    REVIEWS = "REVIEWS"
    NEED = "NEED"
    MIN = "MIN"
    MAX = "MAX"
    CONFLICT = "CONFLICT"
    FIXED = "FIXED"


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """One limit: whose it is, and its number (reviews wanted, load); `of` is the kind needed."""

    kind: Kind
    reviewer: str = ""
    application: str = ""
    number: int = 0
    of: str = ""

    def __str__(self) -> str:
        match self.kind:
            case Kind.REVIEWS:
                return f"{self.application} needs {self.number} reviews"
            case Kind.NEED:
                return f"{self.application} needs {self.number} of the kind {self.of}"
            case Kind.MIN:
                return f"{self.reviewer} reads at least {self.number}"
            case Kind.MAX:
                return f"{self.reviewer} reads at most {self.number}"
            case Kind.CONFLICT:
                return f"{self.reviewer} is in conflict with {self.application}"
            case Kind.FIXED:
                return f"{self.reviewer} is fixed for {self.application}"


@dataclass(frozen=True, slots=True)
class Clash:
    """Limits of which at least one must give, whatever the others; `reviewers` is how many there are.

    `is_smallest` says that no clash with fewer limits exists.
    """

    limits: tuple[Limit, ...]
    reviewers: int
    is_smallest: bool

    def sentences(self) -> tuple[str, ...]:
        """Return the clash in English; long rows of equal limits as their sum."""
        sentences: list[str] = []
        for kind in Kind:
            those = [limit for limit in self.limits if limit.kind is kind]
            if len(those) <= _SAID_ONE_BY_ONE:
                sentences += map(str, those)
            else:
                sentences.append(_together(kind, those))
        return (*sentences, f"there are {self.reviewers} reviewers in all")


def explain(instance: Instance) -> Clash | None:
    """Return a smallest set of limits that clash, or None when an assignment exists."""
    count = len(instance.reviewers)
    for limits in (_of_fixed(instance), _of_sums(instance)):
        if limits:
            return Clash(tuple(sorted(limits)), count, is_smallest=False)
    is_small = len(instance.reviewers) * len(instance.applications) <= _PAIRS_UP_TO
    small = instance if is_small else _few_applications(instance)
    if small is None:
        return None
    smallest = _smallest(small, _of_one_application(small))
    if smallest is None:
        return None
    clash, is_smallest = smallest
    return Clash(tuple(sorted(clash)), count, is_smallest and is_small)


def _together(kind: Kind, those: Sequence[Limit]) -> str:
    number = sum(limit.number for limit in those)
    match kind:
        case Kind.REVIEWS:
            return f"{len(those)} applications need {number} reviews"
        case Kind.NEED:
            return f"{len(those)} applications need {number} of certain kinds"
        case Kind.MIN:
            return f"{len(those)} reviewers read at least {number} together"
        case Kind.MAX:
            return f"{len(those)} reviewers read at most {number} together"
        case Kind.CONFLICT:
            return f"{len(those)} conflicts"
        case Kind.FIXED:
            return f"{len(those)} fixed pairs"


def limits_of(instance: Instance) -> list[Limit]:
    """Return every limit of `instance`."""
    return [
        *(
            Limit(Kind.REVIEWS, "", application.id, application.reviews)
            for application in instance.applications
        ),
        *(
            Limit(Kind.NEED, "", application.id, number, kind)
            for application in instance.applications
            for kind, number in sorted(application.needs.items())
            if number > 0
        ),
        *(
            Limit(Kind.MIN, reviewer.id, "", reviewer.min)
            for reviewer in instance.reviewers
            if reviewer.min > 0
        ),
        *(
            Limit(Kind.MAX, reviewer.id, "", reviewer.max)
            for reviewer in instance.reviewers
            if reviewer.max is not None
        ),
        *(Limit(Kind.CONFLICT, *pair) for pair in sorted(instance.conflicts)),
        *(Limit(Kind.FIXED, *pair) for pair in sorted(instance.fixed)),
    ]


def _of_fixed(instance: Instance) -> list[Limit]:
    """Return a pair that is fixed and in conflict."""
    for pair in sorted(instance.fixed & instance.conflicts):
        return [Limit(Kind.FIXED, *pair), Limit(Kind.CONFLICT, *pair)]
    return []


def _of_sums(instance: Instance) -> list[Limit]:
    """Return the limits of all when already their sums clash, and only for many: few are counted."""
    if len(instance.reviewers) * len(instance.applications) <= _PAIRS_UP_TO:
        return []
    reviews = [limit for limit in limits_of(instance) if limit.kind is Kind.REVIEWS]
    wanted = sum(limit.number for limit in reviews)
    most = [reviewer.max for reviewer in instance.reviewers]
    if None not in most and sum(number for number in most if number is not None) < wanted:
        return [*reviews, *(limit for limit in limits_of(instance) if limit.kind is Kind.MAX)]
    if sum(reviewer.min for reviewer in instance.reviewers) > wanted:
        return [*reviews, *(limit for limit in limits_of(instance) if limit.kind is Kind.MIN)]
    return []


def _of_one_application(instance: Instance) -> list[Limit]:
    """Return the fewest limits by which a single application clashes with itself, if one does."""
    clashes = []
    for application in instance.applications:
        in_conflict = {r for r, a in instance.conflicts if a == application.id}
        wanted = [
            (limit, _those(instance, limit)) for limit in limits_of(_only(instance, [application]))
        ]
        for limit, those in wanted:
            short = limit.number - len(those - in_conflict)
            if limit.kind in (Kind.REVIEWS, Kind.NEED) and short > 0:
                # So many conflicts must hold for too few to be left.
                too_few = max(len(those) - limit.number + 1, 0)
                blocking = sorted(those & in_conflict)[:too_few]
                clashes.append(
                    [limit, *(Limit(Kind.CONFLICT, r, application.id) for r in blocking)]
                )
    return min(clashes, key=len, default=[])


def _those(instance: Instance, limit: Limit) -> set[str]:
    return {
        reviewer.id for reviewer in instance.reviewers if not limit.of or limit.of in reviewer.kinds
    }


def _few_applications(instance: Instance) -> Instance | None:
    """Return the instance with as few applications as still clash, minima left out if possible."""
    without_minima = replace(
        instance, reviewers=tuple(replace(reviewer, min=0) for reviewer in instance.reviewers)
    )
    if _is_possible(without_minima):
        return None if _is_possible(instance) else instance
    kept = list(instance.applications)
    size = len(kept) // 2
    while size:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if _is_possible(_only(without_minima, fewer)):
                at += size
            else:
                kept = fewer
        size //= 2
    return _only(without_minima, kept)


def _only(instance: Instance, applications: Iterable[Application]) -> Instance:
    those = tuple(applications)
    ids = {application.id for application in those}
    return replace(
        instance,
        applications=those,
        fit={},
        conflicts=frozenset(pair for pair in instance.conflicts if pair[1] in ids),
        fixed=frozenset(pair for pair in instance.fixed if pair[1] in ids),
    )


def _is_possible(instance: Instance) -> bool:
    try:
        compiled = compiled_of(replace(instance, fit={}))
        if is_flow(compiled):
            best_by_flow(compiled)
    except Impossible:
        return False
    return True


def _smallest(instance: Instance, known: list[Limit]) -> tuple[list[Limit], bool] | None:
    """Return a smallest clash, and whether that is proven; None when there is none."""
    limits = limits_of(instance)
    model, holds = _switched(instance, limits)
    corrections: list[list[int]] = []
    for _ in range(_ROUNDS_WITH_ONE if known else _ROUNDS):
        tried = _smallest_hitting(len(limits), corrections)
        if tried is None:
            break
        if known and len(tried) >= len(known):
            return known, True
        given_up = _given_up(model, holds, tried)
        if given_up is None:
            return [limits[place] for place in tried], True
        if not given_up:
            return None
        corrections.append(given_up)
    return known or [limits[place] for place in _irreducible(model, holds)], False


def _switched(
    instance: Instance, limits: Sequence[Limit]
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return all limits as a model in which each can be switched off."""
    model = cp_model.CpModel()
    taken = {
        (reviewer.id, application.id): model.new_bool_var("")
        for reviewer in instance.reviewers
        for application in instance.applications
    }
    holds = []
    for limit in limits:
        switch = model.new_bool_var("")
        number = cp_model.LinearExpr.sum(_counted(instance, limit, taken))
        match limit.kind:
            case Kind.REVIEWS:
                model.add(number == limit.number).only_enforce_if(switch)
            case Kind.NEED | Kind.MIN:
                model.add(number >= limit.number).only_enforce_if(switch)
            case Kind.MAX:
                model.add(number <= limit.number).only_enforce_if(switch)
            case Kind.CONFLICT | Kind.FIXED:
                model.add(number == (limit.kind is Kind.FIXED)).only_enforce_if(switch)
        holds.append(switch)
    return model, holds


def _counted(
    instance: Instance, limit: Limit, taken: Mapping[Pair, cp_model.IntVar]
) -> list[cp_model.IntVar]:
    """Return the pairs that `limit` counts."""
    reviewers = [limit.reviewer] if limit.reviewer else sorted(_those(instance, limit))
    applications = (
        [limit.application]
        if limit.application
        else [application.id for application in instance.applications]
    )
    return [taken[reviewer, application] for reviewer in reviewers for application in applications]


def _smallest_hitting(count: int, sets: Iterable[Sequence[int]]) -> list[int] | None:
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(count)]
    for correction in sets:
        model.add_bool_or([taken[member] for member in correction])
    model.minimize(cp_model.LinearExpr.sum(taken))
    solver = _solver()
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return [at for at, var in enumerate(taken) if solver.boolean_value(var)]


def _given_up(
    model: cp_model.CpModel, holds: Sequence[cp_model.IntVar], kept: Iterable[int]
) -> list[int] | None:
    """Return the fewest limits to give up when those `kept` hold; None when they clash."""
    trial = model.clone()
    for place in kept:
        trial.add(trial.get_bool_var_from_proto_index(holds[place].index) == 1)
    trial.maximize(cp_model.LinearExpr.sum(list(holds)))
    solver = _solver()
    match solver.solve(trial):
        case cp_model.INFEASIBLE:
            return None
        case cp_model.UNKNOWN:
            return list(range(len(holds)))
    return [at for at, var in enumerate(holds) if not solver.boolean_value(var)]


def _irreducible(model: cp_model.CpModel, holds: Sequence[cp_model.IntVar]) -> list[int]:
    """Return a clash from which no limit can be left out."""
    kept = list(range(len(holds)))
    for place in list(kept):
        fewer = [other for other in kept if other != place]
        if _given_up(model, holds, fewer) is None:
            kept = fewer
    return kept


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same answer every time
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _EFFORT
    return solver
