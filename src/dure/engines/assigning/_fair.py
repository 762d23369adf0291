"""The fairest assignment: lift the worst-off application, then the next (leximin).

The bound of the worst comes from weights on the applications: however they are shared out, the best
weighted sum is at least the best worst (Lagrange). Weights that follow the worse-off draw the two
together; every step is one flow, whose assignment is a start for exchanges. What remains is decided
by CP-SAT where the instance is small enough, level by level where it is very small.
"""

from math import gcd
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from dure.engines.assigning._compiled import Compiled
from dure.engines.assigning._exchange import Board
from dure.engines.assigning._flow import best_by_flow, is_flow
from dure.engines.assigning._model import OutOfTime
from dure.engines.assigning._programme import Chosen, Programme, best_by_programme

_ROUNDS = 60
_WEIGHT_UNITS = 10**6
_PROVEN_UP_TO = 40_000  # columns
_LEXIMIN_UP_TO = 600  # columns
_NONE = 2**62


def fairest(compiled: Compiled, seconds: float) -> tuple[Chosen, int | None, bool]:
    """Return the pairs chosen, a bound of the worst sum if it is not proven, whether all is proven.

    Raises Impossible, and OutOfTime.
    """
    until = monotonic() + seconds
    bound: int | None
    if is_flow(compiled):
        chosen, bound = _by_weights(compiled, until)
    else:
        chosen, _ = best_by_programme(compiled, seconds)
        bound = _plain_bound(compiled)
    chosen = _exchanged(compiled, chosen)
    if len(compiled.gain) <= _LEXIMIN_UP_TO:
        proven = _level_by_level(compiled, chosen, until)
        if proven is not None:
            return proven, None, True
    if not compiled.read.any():
        return chosen, None, True
    if _worst(compiled, chosen) < bound and len(compiled.gain) <= _PROVEN_UP_TO:
        chosen, bound = _proven_worst(compiled, chosen, bound, until)
    return chosen, bound, False


def _worst(compiled: Compiled, chosen: Chosen) -> int:
    return int(compiled.sums(chosen)[compiled.read].min(initial=_NONE))


def _exchanged(compiled: Compiled, chosen: Chosen) -> Chosen:
    board = Board(compiled, chosen)
    board.lift_all()
    return board.chosen()


def _plain_bound(compiled: Compiled) -> int:
    """Return the least that one application can get when it chooses alone."""
    bounds = []
    for application in np.flatnonzero(compiled.read).tolist():
        gains = np.sort(compiled.gain[compiled.application == application])[::-1]
        if not compiled.is_whole:
            gains = np.maximum(gains, 0)
        best = gains[: int(compiled.demand[application])].sum()
        bounds.append(int(best + compiled.base[application]))
    return min(bounds, default=0)


def _by_weights(compiled: Compiled, until: float) -> tuple[Chosen, int]:
    """Return the best start found on the way, and the least bound."""
    bound = float(_plain_bound(compiled))
    count = max(compiled.applications, 1)
    spread = float(np.abs(compiled.gain).max(initial=1)) or 1.0
    best: Chosen = []
    best_worst: int | None = None
    mean = np.zeros(compiled.applications)
    weight: NDArray[np.float64] = compiled.read / max(compiled.read.sum(), 1)
    for step in range(_ROUNDS):
        # Weights in whole units: what the flow maximises is then exact, and so is the bound.
        units = np.where(compiled.read, np.maximum(weight * count * _WEIGHT_UNITS, 1), 0).astype(
            np.int64
        )
        scale = max(1, int(np.abs(compiled.gain).max(initial=0)) * int(units.max()) // 2**56)
        units = np.where(compiled.read, np.maximum(units // scale, 1), 0)
        chosen, weighted = best_by_flow(compiled, compiled.gain * units[compiled.application])
        bound = min(
            bound, (weighted + int((units * compiled.base).sum())) / max(int(units.sum()), 1)
        )
        sums = compiled.sums(chosen)
        worst = _worst(compiled, chosen)
        if best_worst is None or worst > best_worst:
            best, best_worst = chosen, worst
        if best_worst >= int(bound) or monotonic() > until:
            break
        mean = (mean * step + sums) / (step + 1)
        weight = compiled.read * np.exp(
            -(mean - mean[compiled.read].min(initial=_NONE)) * (4.0 * np.log(count + 1)) / spread
        )
        weight /= max(weight.sum(), 1e-300)
    return best, _attainable(compiled, int(np.floor(bound + 1e-9 * abs(bound))))


def _attainable(compiled: Compiled, bound: int) -> int:
    """Return the highest sum of gains up to `bound`, as far as their common divisor tells."""
    values = [*np.unique(compiled.gain).tolist(), *np.unique(compiled.base).tolist()]
    step = gcd(*values) if values else 1
    return bound // step * step if step else 0


def _proven_worst(
    compiled: Compiled, chosen: Chosen, bound: int, until: float
) -> tuple[Chosen, int]:
    programme = Programme(compiled)
    worst = programme.model.new_int_var(_worst(compiled, chosen), bound, "")
    for total in programme.sums_read:
        programme.model.add(worst <= total)
    programme.model.maximize(worst)
    try:
        better, proven = programme.solve(until - monotonic(), chosen)
    except OutOfTime:
        return chosen, bound
    if _worst(compiled, better) > _worst(compiled, chosen):
        chosen = _exchanged(compiled, better)
    return chosen, _worst(compiled, chosen) if proven is None else min(bound, proven)


def _level_by_level(compiled: Compiled, chosen: Chosen, until: float) -> Chosen | None:
    """Return the leximin assignment, or None when the time is not enough.

    At every level: the highest that all but those below it can reach, then the fewest that stay at
    it (Ogryczak 1997, On the lexicographic minimax approach to location problems).
    """
    levels: list[tuple[int, int]] = []  # a level, and how many are below it
    below = 0
    try:
        while below < compiled.read.sum():
            programme = _with_levels(compiled, levels)
            level = programme.model.new_int_var(-programme.most, programme.most, "")
            _at_most_below(programme, level, below)
            programme.model.maximize(level)
            chosen, bound = programme.solve(until - monotonic(), chosen)
            if bound is not None:
                return None
            reached = int(np.sort(compiled.sums(chosen)[compiled.read])[below])
            levels.append((reached, below))
            programme = _with_levels(compiled, levels)
            lagging = _below(programme, reached + 1)
            programme.model.minimize(cp_model.LinearExpr.sum(lagging))
            chosen, bound = programme.solve(until - monotonic(), chosen)
            if bound is not None:
                return None
            below = int((compiled.sums(chosen)[compiled.read] <= reached).sum())
    except OutOfTime:
        return None
    return chosen


def _with_levels(compiled: Compiled, levels: list[tuple[int, int]]) -> Programme:
    programme = Programme(compiled)
    for level, below in levels:
        _at_most_below(programme, level, below)
    return programme


def _at_most_below(programme: Programme, level: int | cp_model.IntVar, most: int) -> None:
    programme.model.add(cp_model.LinearExpr.sum(_below(programme, level)) <= most)


def _below(programme: Programme, level: int | cp_model.IntVar) -> list[cp_model.IntVar]:
    flags = []
    for total in programme.sums_read:
        is_below = programme.model.new_bool_var("")
        programme.model.add(total >= level).only_enforce_if(is_below.negated())
        flags.append(is_below)
    return flags
