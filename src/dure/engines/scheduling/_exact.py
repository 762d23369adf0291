"""Choosing again with slots in view, exactly: for a few people first, in the end for everybody.

The flow knows no slots. Where its choice cannot be placed, an integer programme chooses again: the
requests of the people `in_detail` get one variable for each slot, all others stay as in the flow.
Leaving out rules only enlarges what is allowed, so its value bounds every timetable's; once its
choice can be placed it is a best timetable. The people in detail are those whose meetings could
not be placed, so the programme stays small (a relaxation refined where it is violated, in the
manner of Dantzig, Fulkerson and Johnson 1954). With everybody in detail it is the whole
time-indexed programme, and exact by itself.

Before, reduced costs take out what cannot matter: with a bound and good meetings in hand, a
request that costs more than the gap between the two is decided.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from dure.engines.scheduling._arena import Arena, Flags, Ints
from dure.engines.scheduling._choice import degrees, prices


@dataclass(frozen=True, slots=True)
class DetailedChoice:
    """The requests chosen with their slots (-1: chosen, slot still open), and a bound.

    `is_whole` says that every rule was in the programme, so that the slots are a timetable.
    """

    slot_of: dict[int, int]
    bound: int
    is_whole: bool


def reduced_gains(arena: Arena) -> tuple[NDArray[np.float64], float]:
    """Return what holding each request more adds at most to the best value, and that value."""
    relaxed = linprog(
        -arena.weight.astype(float),
        A_ub=vstack([degrees(arena), csr_array(np.ones((1, len(arena.weight))))]),
        b_ub=np.append(arena.limits, arena.tables.sum()),
        bounds=(0, 1),
        method="highs-ds",
    )
    return -(relaxed.lower.marginals + relaxed.upper.marginals), float(-relaxed.fun)


def choose_in_detail(
    arena: Arena, may: Flags, must: Flags, in_detail: Flags, seconds: float
) -> DetailedChoice | None:
    """Return a best choice among requests that `may` be held, with all that `must`; or None.

    None when `seconds` were not enough to find any.
    """
    touches = may & (in_detail[arena.left] | in_detail[arena.right])
    request, slot = np.nonzero(arena.common & touches[:, None])
    single = np.flatnonzero(may & ~touches)
    column_of = np.concatenate([request, single])  # the request of every column
    slots = len(arena.tables)
    value, first, unit = prices(arena)
    ends = np.concatenate([arena.left[column_of], arena.right[column_of]])
    lonely = np.flatnonzero(arena.alone & (np.bincount(ends, minlength=len(arena.ids)) > 0))
    columns = len(column_of) + len(lonely)
    whole = bool(np.all(in_detail[ends]))

    def matrix(rows: Ints, cols: Ints, height: int) -> csr_array:
        return csr_array((np.ones(len(rows)), (rows, cols)), shape=(height, columns))

    number = np.arange(len(column_of))
    timed = np.arange(len(request))
    once = matrix(request, timed, len(arena.asked))
    at = [
        matrix(side[request] * slots + slot, timed, arena.seats.size)
        for side in (arena.left, arena.right)
    ]
    in_all = matrix(ends, np.concatenate([number, number]), len(arena.ids))
    met = in_all[lonely] - matrix(
        np.arange(len(lonely)), len(column_of) + np.arange(len(lonely)), len(lonely)
    )
    seats = np.where(np.repeat(in_detail, slots), arena.seats.ravel(), np.iinfo(np.int64).max)
    binding = ~in_detail | (arena.limits < arena.seats.sum(axis=1))
    constraints = [
        _rows(once, np.where(must, 1, -np.inf), np.ones(len(arena.asked))),
        _rows(at[0] + at[1], None, seats, in_detail.repeat(slots)),
        _rows(in_all, None, arena.limits, binding),
        _rows(matrix(slot, timed, slots), None, arena.tables),
        _rows(matrix(number * 0, number, 1), None, arena.tables.sum(keepdims=True)),
        _rows(met, np.zeros(len(lonely)), None),
    ]
    gain = np.concatenate([value[column_of], np.full(len(lonely), first)]) / unit
    most = int(arena.weight[may].sum())
    lower = np.zeros(columns)
    lower[len(request) : len(column_of)] = must[single]
    solved = milp(
        -gain,
        integrality=1,
        bounds=Bounds(lower, 1),
        constraints=[rows for rows in constraints if rows is not None],
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": 0.5 / unit / max(most, 1)},
    )
    if solved.x is None:
        return None
    slot_of = dict.fromkeys(single[solved.x[len(request) : len(column_of)] > 0.5].tolist(), -1)
    held = np.flatnonzero(solved.x[: len(request)] > 0.5)
    slot_of.update(zip(request[held].tolist(), slot[held].tolist(), strict=True))
    return DetailedChoice(slot_of, int(np.floor(-solved.mip_dual_bound + 1e-6)), whole)


def _rows(
    matrix: csr_array, lower: object, upper: object, wanted: Flags | None = None
) -> LinearConstraint | None:
    """Return the wanted rows of `matrix` that are not empty as a constraint, None without any."""
    filled = np.diff(matrix.indptr) > 0
    used = np.flatnonzero(filled if wanted is None else filled & wanted)
    if not len(used):
        return None
    low = -np.inf if lower is None else np.asarray(lower)[used]
    high = np.inf if upper is None else np.asarray(upper)[used]
    return LinearConstraint(matrix[used], low, high)
