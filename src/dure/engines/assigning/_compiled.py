"""An instance as arrays: reviewers and applications by number, pairs that may be as columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dure.engines.assigning._model import Assignment, Impossible, Instance, Pair

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ALL_PAIRS_UP_TO = 2_000_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """`reviewer`, `application` and `gain` are the pairs that may be chosen, one column each.

    Pairs that are fixed are taken out: `demand`, `low`, `high` and `needs` are what is left to do,
    `base` is the fit that the fixed ones bring each application. Those that nobody reads are not
    `read` and have no part in what is fair. With `is_whole` every pair that
    may be is a column; otherwise pairs without a fit are not, and `barred` holds the pairs that
    must not be taken as such.
    """

    reviewer: Ints
    application: Ints
    gain: Ints
    demand: Ints
    low: Ints
    high: Ints
    base: Ints
    read: Flags
    needs: tuple[tuple[int, frozenset[int], int], ...]
    fixed: frozenset[tuple[int, int]]
    barred: frozenset[tuple[int, int]]
    is_whole: bool

    @property
    def reviewers(self) -> int:
        return len(self.low)

    @property
    def applications(self) -> int:
        return len(self.demand)

    def sums(self, chosen: Iterable[tuple[int, int]]) -> Ints:
        """Return the fit of every application under the pairs chosen besides the fixed ones."""
        gains = self.gain_of()
        sums = self.base.copy()
        for reviewer, application in chosen:
            sums[application] += gains.get((reviewer, application), 0)
        return sums

    def gain_of(self) -> dict[tuple[int, int], int]:
        """Return the gain of the columns by pair."""
        columns = zip(self.reviewer.tolist(), self.application.tolist(), strict=True)
        return dict(zip(columns, self.gain.tolist(), strict=True))


def compiled_of(instance: Instance, fit: Mapping[Pair, int] | None = None) -> Compiled:
    """Return `instance` as arrays, with other fits if given. Raises Impossible where it is plain."""
    fit = instance.fit if fit is None else fit
    reviewer_at = {reviewer.id: at for at, reviewer in enumerate(instance.reviewers)}
    application_at = {application.id: at for at, application in enumerate(instance.applications)}

    def numbers(pairs: Iterable[Pair]) -> frozenset[tuple[int, int]]:
        return frozenset(
            (reviewer_at[reviewer], application_at[application]) for reviewer, application in pairs
        )

    conflicts, fixed = numbers(instance.conflicts), numbers(instance.fixed)
    if conflicts & fixed:
        raise Impossible
    gains = {
        (reviewer_at[reviewer], application_at[application]): gain
        for (reviewer, application), gain in fit.items()
    }
    demand = np.array(
        [application.reviews for application in instance.applications], dtype=np.int64
    )
    read = demand > 0
    low = np.array([reviewer.min for reviewer in instance.reviewers], dtype=np.int64)
    most = len(demand)
    high = np.array(
        [
            most if reviewer.max is None else min(reviewer.max, most)
            for reviewer in instance.reviewers
        ],
        dtype=np.int64,
    )
    base = np.zeros(len(demand), dtype=np.int64)
    for reviewer, application in fixed:
        demand[application] -= 1
        low[reviewer] -= 1
        high[reviewer] -= 1
        base[application] += gains.get((reviewer, application), 0)
    low = np.maximum(low, 0)
    if (demand < 0).any() or (high < low).any():
        raise Impossible
    taken = conflicts | fixed
    needs = _needs(instance, fixed)
    is_whole = bool(needs) or len(low) * len(demand) <= ALL_PAIRS_UP_TO
    columns, gain = _columns(len(low), len(demand), gains, taken, is_whole=is_whole)
    return Compiled(
        reviewer=columns[:, 0],
        application=columns[:, 1],
        gain=gain,
        demand=demand,
        low=low,
        high=high,
        base=base,
        read=read,
        needs=needs,
        fixed=fixed,
        barred=frozenset(taken | gains.keys()),
        is_whole=is_whole,
    )


def _columns(
    reviewers: int,
    applications: int,
    gains: Mapping[tuple[int, int], int],
    taken: Iterable[tuple[int, int]],
    *,
    is_whole: bool,
) -> tuple[Ints, Ints]:
    """Return the pairs that may be chosen and their gains: all, or those with a fit."""
    fitting = np.array(list(gains), dtype=np.int64).reshape(-1, 2)
    gain = np.array(list(gains.values()), dtype=np.int64)
    banned = np.array(list(taken), dtype=np.int64).reshape(-1, 2)
    if is_whole:
        gain_at = np.zeros((reviewers, applications), dtype=np.int64)
        gain_at[fitting[:, 0], fitting[:, 1]] = gain
        allowed = np.ones((reviewers, applications), dtype=np.bool_)
        allowed[banned[:, 0], banned[:, 1]] = False
        return np.argwhere(allowed), gain_at[allowed]
    number = fitting[:, 0] * applications + fitting[:, 1]
    kept = ~np.isin(number, banned[:, 0] * applications + banned[:, 1])
    order = np.argsort(number[kept])
    return fitting[kept][order], gain[kept][order]


def _needs(
    instance: Instance, fixed: frozenset[tuple[int, int]]
) -> tuple[tuple[int, frozenset[int], int], ...]:
    """Return (application, those of the kind, how many more) for every need that is left."""
    of_kind: dict[str, set[int]] = {}
    for at, reviewer in enumerate(instance.reviewers):
        for kind in reviewer.kinds:
            of_kind.setdefault(kind, set()).add(at)
    left = []
    for at, application in enumerate(instance.applications):
        for kind, wanted in sorted(application.needs.items()):
            those = frozenset(of_kind.get(kind, ()))
            short = wanted - sum(a == at and r in those for r, a in fixed)
            if short > 0:
                left.append((at, those, short))
    return tuple(left)


def assignment_of(
    instance: Instance,
    compiled: Compiled,
    chosen: Iterable[tuple[int, int]],
    bound: int | None,
    *,
    is_fair: bool = False,
    leximin: bool = False,
) -> Assignment:
    """Return the chosen pairs, with the fixed ones, as an assignment; without `bound` it is best."""
    by_application: dict[int, list[int]] = {at: [] for at in range(compiled.applications)}
    for reviewer, application in sorted({*chosen, *compiled.fixed}):
        by_application[application].append(reviewer)
    ids = [reviewer.id for reviewer in instance.reviewers]
    reviewers_of = {
        application.id: tuple(ids[reviewer] for reviewer in by_application[at])
        for at, application in enumerate(instance.applications)
    }
    sums = [
        sum(instance.fit.get((reviewer, application), 0) for reviewer in reviewers)
        for application, reviewers in reviewers_of.items()
    ]
    total = sum(sums)
    worst = min(
        (fit_sum for fit_sum, read in zip(sums, compiled.read, strict=True) if read), default=0
    )
    sought = worst if is_fair else total
    bound = sought if bound is None else max(bound, sought)
    return Assignment(reviewers_of, total, worst, bound, bound == sought, leximin)
