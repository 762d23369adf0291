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

from dure.engines.assigning._arena import Arena
from dure.engines.assigning._exchange import Board
from dure.engines.assigning._flow import best_by_flow, is_flow
from dure.engines.assigning._model import OutOfTime
from dure.engines.assigning._programme import Chosen, Programme, best_by_programme

_ROUNDS = 60
_WEIGHT_UNITS = 10**6
_PROVEN_UP_TO = 40_000  # columns
_LEXIMIN_UP_TO = 600  # columns
_NONE = 2**62


def fairest(arena: Arena, seconds: float) -> tuple[Chosen, int | None, bool]:
    """Return the pairs chosen, a bound of the worst sum if it is not proven, whether all is proven.

    Raises Impossible, and OutOfTime.
    """
    until = monotonic() + seconds
    bound: int | None
    if is_flow(arena):
        chosen, bound = _by_weights(arena, until)
    else:
        chosen, _ = best_by_programme(arena, seconds)
        bound = _plain_bound(arena)
    chosen = _exchanged(arena, chosen)
    if len(arena.gain) <= _LEXIMIN_UP_TO:
        proven = _level_by_level(arena, chosen, until)
        if proven is not None:
            return proven, None, True
    if not arena.read.any():
        return chosen, None, True
    if _worst(arena, chosen) < bound and len(arena.gain) <= _PROVEN_UP_TO:
        chosen, bound = _proven_worst(arena, chosen, bound, until)
    return chosen, bound, False


def _worst(arena: Arena, chosen: Chosen) -> int:
    return int(arena.sums(chosen)[arena.read].min(initial=_NONE))


def _exchanged(arena: Arena, chosen: Chosen) -> Chosen:
    board = Board(arena, chosen)
    board.lift_all()
    return board.chosen()


def _plain_bound(arena: Arena) -> int:
    """Return the least that one application can get when it chooses alone."""
    bounds = []
    for application in np.flatnonzero(arena.read).tolist():
        gains = np.sort(arena.gain[arena.application == application])[::-1]
        if not arena.is_whole:
            gains = np.maximum(gains, 0)
        best = gains[: int(arena.demand[application])].sum()
        bounds.append(int(best + arena.base[application]))
    return min(bounds, default=0)


def _by_weights(arena: Arena, until: float) -> tuple[Chosen, int]:
    """Return the best start found on the way, and the least bound."""
    bound = float(_plain_bound(arena))
    count = max(arena.applications, 1)
    spread = float(np.abs(arena.gain).max(initial=1)) or 1.0
    best: Chosen = []
    best_worst: int | None = None
    mean = np.zeros(arena.applications)
    weight: NDArray[np.float64] = arena.read / max(arena.read.sum(), 1)
    for step in range(_ROUNDS):
        # Weights in whole units: what the flow maximises is then exact, and so is the bound.
        units = np.where(arena.read, np.maximum(weight * count * _WEIGHT_UNITS, 1), 0).astype(
            np.int64
        )
        scale = max(1, int(np.abs(arena.gain).max(initial=0)) * int(units.max()) // 2**56)
        units = np.where(arena.read, np.maximum(units // scale, 1), 0)
        chosen, weighted = best_by_flow(arena, arena.gain * units[arena.application])
        bound = min(bound, (weighted + int((units * arena.base).sum())) / max(int(units.sum()), 1))
        sums = arena.sums(chosen)
        worst = _worst(arena, chosen)
        if best_worst is None or worst > best_worst:
            best, best_worst = chosen, worst
        if best_worst >= int(bound) or monotonic() > until:
            break
        mean = (mean * step + sums) / (step + 1)
        weight = arena.read * np.exp(
            -(mean - mean[arena.read].min(initial=_NONE)) * (4.0 * np.log(count + 1)) / spread
        )
        weight /= max(weight.sum(), 1e-300)
    return best, _attainable(arena, int(np.floor(bound + 1e-9 * abs(bound))))


def _attainable(arena: Arena, bound: int) -> int:
    """Return the highest sum of gains up to `bound`, as far as their common divisor tells."""
    values = [*np.unique(arena.gain).tolist(), *np.unique(arena.base).tolist()]
    step = gcd(*values) if values else 1
    return bound // step * step if step else 0


def _proven_worst(arena: Arena, chosen: Chosen, bound: int, until: float) -> tuple[Chosen, int]:
    programme = Programme(arena)
    worst = programme.model.new_int_var(_worst(arena, chosen), bound, "")
    for total in programme.sums_read:
        programme.model.add(worst <= total)
    programme.model.maximize(worst)
    try:
        better, proven = programme.solve(until - monotonic(), chosen)
    except OutOfTime:
        return chosen, bound
    if _worst(arena, better) > _worst(arena, chosen):
        chosen = _exchanged(arena, better)
    return chosen, _worst(arena, chosen) if proven is None else min(bound, proven)


def _level_by_level(arena: Arena, chosen: Chosen, until: float) -> Chosen | None:
    """Return the leximin assignment, or None when the time is not enough.

    At every level: the highest that all but those below it can reach, then the fewest that stay at
    it (Ogryczak 1997, On the lexicographic minimax approach to location problems).
    """
    levels: list[tuple[int, int]] = []  # a level, and how many are below it
    below = 0
    try:
        while below < arena.read.sum():
            programme = _with_levels(arena, levels)
            level = programme.model.new_int_var(-programme.most, programme.most, "")
            _at_most_below(programme, level, below)
            programme.model.maximize(level)
            chosen, bound = programme.solve(until - monotonic(), chosen)
            if bound is not None:
                return None
            reached = int(np.sort(arena.sums(chosen)[arena.read])[below])
            levels.append((reached, below))
            programme = _with_levels(arena, levels)
            lagging = _below(programme, reached + 1)
            programme.model.minimize(cp_model.LinearExpr.sum(lagging))
            chosen, bound = programme.solve(until - monotonic(), chosen)
            if bound is not None:
                return None
            below = int((arena.sums(chosen)[arena.read] <= reached).sum())
    except OutOfTime:
        return None
    return chosen


def _with_levels(arena: Arena, levels: list[tuple[int, int]]) -> Programme:
    programme = Programme(arena)
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
