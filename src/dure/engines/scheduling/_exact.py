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
from typing import TYPE_CHECKING

import numpy as np
import scipy  # it loads its parts when they are first used; most processes never do
from numpy.typing import NDArray

from dure.engines.scheduling._choice import prices, sides, tables_bind
from dure.engines.scheduling._instance import Flags, Instance, Ints

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class DetailedChoice:
    """The requests chosen with their slots (-1: chosen, slot still open), and a bound.

    `seats` are those to begin placing with, so that tables suffice. `is_whole` says that every rule
    was in the programme, so that the slots are a timetable.
    """

    slot_of: dict[int, int]
    bound: int
    seats: Ints
    is_whole: bool


def reduced_gains(instance: Instance) -> tuple[NDArray[np.float64], float]:
    """Return what holding each request more adds at most to the best weight, and that weight."""
    nobody = np.zeros(len(instance.ids), dtype=np.bool_)
    nothing = np.zeros(len(instance.asked), dtype=np.bool_)
    programme = _programme(instance, ~nothing, nothing, nobody)
    weight = np.zeros(programme.columns)
    weight[: len(instance.asked)] = instance.weight
    relaxed = scipy.optimize.linprog(
        -weight,
        A_ub=scipy.sparse.vstack([rows.A for rows in programme.rules]),
        b_ub=np.concatenate([rows.ub for rows in programme.rules]),
        bounds=np.column_stack([np.zeros(programme.columns), programme.upper]),
        method="highs-ds",
    )
    gain = -(relaxed.lower.marginals + relaxed.upper.marginals)
    return gain[: len(instance.asked)], float(-relaxed.fun)


def choose_in_detail(
    instance: Instance, may: Flags, must: Flags, in_detail: Flags, seconds: float
) -> DetailedChoice | None:
    """Return a best choice among requests that `may` be held, with all that `must`; or None.

    None when `seconds` were not enough to find any.
    """
    programme = _programme(instance, may, must, in_detail)
    request, slot, single = programme.request, programme.slot, programme.single
    timed, decided = len(request), len(request) + len(single)
    lower = np.zeros(programme.columns)
    lower[timed:decided] = must[single]
    most = int(instance.weight[may].sum())
    solved = scipy.optimize.milp(
        -programme.gain,
        integrality=programme.is_whole_number,
        bounds=scipy.optimize.Bounds(lower, programme.upper),
        constraints=programme.rules,
        options={
            "time_limit": max(seconds, 0.01),
            "mip_rel_gap": 0.5 / programme.unit / max(most, 1),
        },
    )
    if solved.x is None:
        return None
    slot_of = dict.fromkeys(single[solved.x[timed:decided] > 0.5].tolist(), -1)
    held = np.flatnonzero(solved.x[:timed] > 0.5)
    slot_of.update(zip(request[held].tolist(), slot[held].tolist(), strict=True))
    bound = int(np.floor(-solved.mip_dual_bound + 1e-6))
    seats = instance.seats.copy()
    if len(programme.loads):
        seats[np.unique(programme.loads)] = 0
        used = np.ceil(solved.x[programme.columns - len(programme.loads) :] - 1e-6)
        seats[programme.loads, programme.at] = used.astype(np.int64)
    return DetailedChoice(slot_of, bound, seats, programme.is_complete)


@dataclass(frozen=True, slots=True)
class _Programme:
    """Columns: requests by slot (`request`, `slot`), requests without (`single`), people met for
    the first time, and, where tables are scarce, how often somebody not in detail (`loads`) meets
    in a slot (`at`).
    """

    request: Ints
    slot: Ints
    single: Ints
    loads: Ints
    at: Ints
    gain: NDArray[np.float64]
    upper: NDArray[np.float64]
    is_whole_number: Flags
    rules: "list[LinearConstraint]"
    unit: int
    is_complete: bool

    @property
    def columns(self) -> int:
        return len(self.gain)


def _programme(instance: Instance, may: Flags, must: Flags, in_detail: Flags) -> _Programme:
    touches = may & (in_detail[instance.left] | in_detail[instance.right])
    request, slot = np.nonzero(instance.common & touches[:, None])
    single = np.flatnonzero(may & ~touches)
    column_of = np.concatenate([request, single])  # the request of every column
    people, slots = instance.seats.shape
    value, first, unit = prices(instance)
    ends = np.concatenate([instance.left[column_of], instance.right[column_of]])
    is_there = np.bincount(ends, minlength=people) > 0
    lonely = np.flatnonzero(instance.alone & is_there)
    spread = _spread(instance, may) & ~in_detail & is_there
    loads, at = np.nonzero((instance.seats > 0) & spread[:, None])
    first_lonely = len(column_of)
    first_load = first_lonely + len(lonely)
    columns = first_load + len(loads)

    def matrix(rows: Ints, cols: Ints, height: int) -> "csr_array":
        return scipy.sparse.csr_array((np.ones(len(rows)), (rows, cols)), shape=(height, columns))

    number, timed = np.arange(len(column_of)), np.arange(len(request))
    load = first_load + np.arange(len(loads))
    once = matrix(request, timed, len(instance.asked))
    seat = matrix(instance.left[request] * slots + slot, timed, people * slots) + matrix(
        instance.right[request] * slots + slot, timed, people * slots
    )
    in_all = matrix(ends, np.concatenate([number, number]), people)
    met = in_all[lonely] - matrix(
        np.arange(len(lonely)), first_lonely + np.arange(len(lonely)), len(lonely)
    )
    by_load = in_all - matrix(loads, load, people)
    # Somebody spread is counted at the tables by load, everybody else by their timed requests.
    counted = timed[~(spread[instance.left[request]] | spread[instance.right[request]])]
    at_tables = matrix(np.concatenate([slot[counted], at]), np.concatenate([counted, load]), slots)
    rules = [
        _rows(once, np.ones(len(instance.asked)), lower=np.where(must, 1, -np.inf)),
        _rows(seat, instance.seats.ravel(), np.repeat(in_detail, slots)),
        _rows(in_all, instance.limits, ~in_detail | (instance.limits < instance.seats.sum(axis=1))),
        _rows(by_load, np.zeros(people), spread),
        _rows(at_tables, instance.tables),
        _rows(matrix(number * 0, number, 1), instance.tables.sum(keepdims=True)),
        _rows(-met, np.zeros(len(lonely))),
    ]
    return _Programme(
        request=request,
        slot=slot,
        single=single,
        loads=loads,
        at=at,
        gain=np.concatenate([value[column_of], np.full(len(lonely), first), np.zeros(len(loads))])
        / unit,
        upper=np.concatenate([np.ones(first_load), instance.seats[loads, at]]),
        is_whole_number=np.arange(columns) < first_load,
        rules=[rows for rows in rules if rows is not None],
        unit=unit,
        is_complete=bool(np.all(in_detail[ends])),
    )


def _spread(instance: Instance, may: Flags) -> Flags:
    """Return the side whose meetings are counted slot by slot, where tables are scarce."""
    spread = np.zeros(len(instance.ids), dtype=np.bool_)
    ends = sides(instance)
    if ends is not None and tables_bind(instance, np.unique(ends[0])):
        spread[ends[0][may]] = True
    return spread


def _rows(
    matrix: "csr_array", upper: object, wanted: Flags | None = None, lower: object = None
) -> "LinearConstraint | None":
    """Return the wanted rows of `matrix` that are not empty as a constraint, None without any."""
    filled = np.diff(matrix.indptr) > 0
    used = np.flatnonzero(filled if wanted is None else filled & wanted)
    if not len(used):
        return None
    low = np.full(len(used), -np.inf) if lower is None else np.asarray(lower)[used]
    return scipy.optimize.LinearConstraint(matrix[used], low, np.asarray(upper, dtype=float)[used])
