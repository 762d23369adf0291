"""How good and how fast timetables are, against peers in the same run: `make bench-timetable`.

Requests are pairs drawn at random without repetition, weights whole numbers from 1 to 100, tables
one for each demand organisation; seeds are fixed. Availability is drawn slot by slot: demand free in
80 % of the slots, supply in 60 %. Times are processor time of one thread, from the fair's values to
the timetable's (ours: checks, choice, placing, proof, tables, causes).
"""

from __future__ import annotations

import argparse
import csv
import gc
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from benchmarks.texts import DATA
from dure.engines.scheduling import (
    Fair,
    Lock,
    Participant,
    Request,
    Side,
    check,
    contradictions,
    insert,
    solve,
)

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "timetable.md"
REAL = DATA / "meeting_vaggi_speed_dating"
CP_SAT_AT_MOST = 10_000  # requests; beyond, building the model alone takes longer than the limit


@dataclass(frozen=True)
class Size:
    demands: int
    supplies: int
    requests: int
    slots: int

    def __str__(self) -> str:
        return f"{self.demands:,} × {self.supplies:,} / {self.requests:,} / {self.slots}"


@dataclass(frozen=True)
class Outcome:
    weight: int
    bound: float
    seconds: float

    @property
    def is_proven(self) -> bool:
        return self.weight > 0 and self.bound < self.weight + 1 - 1e-6


FREE = (Size(40, 147, 924, 8), Size(200, 1000, 8000, 12), Size(1000, 5000, 60_000, 20))
AVAILABLE = (Size(40, 147, 924, 12), Size(200, 1000, 8000, 12), Size(1000, 5000, 60_000, 20))
GROWTH = tuple(Size(n, 5 * n, 50 * n, 12) for n in (50, 100, 200, 400, 800))
BARS = {(FREE[0], False): 0.05, (FREE[1], False): 0.3, (FREE[2], False): 3.0}
BARS |= {(AVAILABLE[0], True): 1.0, (AVAILABLE[2], True): 60.0}


# Fairs


def random_fair(size: Size, *, is_restricted: bool, seed: int) -> Fair:
    rng = np.random.default_rng(seed)
    pairs = rng.choice(size.demands * size.supplies, size.requests, replace=False)
    weights = rng.integers(1, 101, size.requests)
    free = {"B": rng.random((size.demands, size.slots)) < 0.8}
    free["S"] = rng.random((size.supplies, size.slots)) < 0.6

    def person(kind: str, number: int) -> Participant:
        side = Side.DEMAND if kind == "B" else Side.SUPPLY
        slots = frozenset(np.flatnonzero(free[kind][number]).tolist())
        return Participant(f"{kind}{number}", side, available=slots if is_restricted else None)

    return Fair(
        slots=size.slots,
        tables=size.demands,
        participants=tuple(
            [person("B", number) for number in range(size.demands)]
            + [person("S", number) for number in range(size.supplies)]
        ),
        requests=tuple(
            Request(f"B{pair // size.supplies}", f"S{pair % size.supplies}", weight)
            for pair, weight in zip(pairs.tolist(), weights.tolist(), strict=True)
        ),
    )


def with_limits(fair: Fair) -> Fair:
    """A third of the supply side takes 2 to 4 meetings, a fifth of the demand side two less."""
    rng = np.random.default_rng(1)

    def limited(participant: Participant) -> Participant:
        if participant.side is Side.SUPPLY and rng.random() < 0.3:
            return replace(participant, max_meetings=int(rng.integers(2, 5)))
        if participant.side is Side.DEMAND and rng.random() < 0.2:
            return replace(participant, max_meetings=fair.slots - 2)
        return participant

    return replace(
        fair, participants=tuple(limited(participant) for participant in fair.participants)
    )


def with_representatives(fair: Fair) -> Fair:
    """Every third of the demand side comes with two people."""
    return replace(
        fair,
        tables=int(fair.tables_by_slot[0] * 1.4),
        participants=tuple(
            replace(participant, parallel=2)
            if participant.side is Side.DEMAND and number % 3 == 0
            else participant
            for number, participant in enumerate(fair.participants)
        ),
    )


def with_few_tables(fair: Fair) -> Fair:
    return replace(fair, tables=int(fair.tables_by_slot[0] * 0.8))


def with_locks(fair: Fair) -> Fair:
    """One in a hundred requests stands already, where nothing speaks against it."""
    locks: list[Lock] = []
    busy: set[str] = set()
    for number, request in enumerate(fair.requests[::25]):
        lock = Lock(request.demand, request.supply, number % fair.slots)
        if busy & {lock.demand, lock.supply}:
            continue
        if not contradictions(replace(fair, requests=(request,), locked=(lock,))):
            locks.append(lock)
            busy |= {lock.demand, lock.supply}
    return replace(fair, locked=tuple(locks[: max(5, len(fair.requests) // 100)]))


VARIANTS: dict[str, Callable[[Fair], Fair]] = {
    "locks": with_locks,
    "limits": with_limits,
    "two representatives": with_representatives,
    "tables for 80 %": with_few_tables,
    "all of these": lambda fair: with_locks(
        with_limits(with_few_tables(with_representatives(fair)))
    ),
}


def real_fair() -> Fair:
    """People of a conference: who knows which method, who wants to; 5 rounds, no acquaintances."""

    def table(name: str) -> np.ndarray:
        with (REAL / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        return np.array([[cell == "True" for cell in row[1:]] for row in rows], dtype=int)

    gain = table("Wanted_Methods.csv").T @ table("Known_Methods.csv")
    value = gain + gain.T
    acquainted = (REAL / "Network.txt").read_text(encoding="utf-8").split("\n")
    people = len(value)
    return Fair(
        slots=5,
        tables=people // 2,
        participants=tuple(Participant(str(number), Side.EITHER) for number in range(people)),
        requests=tuple(
            Request(str(person), str(other), int(value[person, other]))
            for person in range(people)
            for other in range(person + 1, people)
            if value[person, other]
        ),
        forbidden=frozenset(
            (line.split()[0], line.split()[1]) for line in acquainted if line.strip()
        ),
    )


# Peers; they get fairs without locks


@dataclass(frozen=True)
class Numbers:
    """A fair without locks as every peer wants it."""

    left: list[int]
    right: list[int]
    weight: list[int]
    seats: np.ndarray
    limits: list[int | None]
    tables: tuple[int, ...]

    @classmethod
    def of(cls, fair: Fair) -> Numbers:
        number = {participant.id: index for index, participant in enumerate(fair.participants)}
        every = range(fair.slots)
        forbidden = {frozenset(pair) for pair in fair.forbidden}
        asked = [r for r in fair.requests if frozenset((r.demand, r.supply)) not in forbidden]
        return cls(
            left=[number[request.demand] for request in asked],
            right=[number[request.supply] for request in asked],
            weight=[request.weight for request in asked],
            seats=np.array(
                [
                    [
                        participant.parallel
                        if participant.available is None or slot in participant.available
                        else 0
                        for slot in every
                    ]
                    for participant in fair.participants
                ]
            ),
            limits=[participant.max_meetings for participant in fair.participants],
            tables=fair.tables_by_slot,
        )


def greedy(fair: Fair, order: Iterable[int]) -> int:
    """Requests one after the other, each into the first slot free for both."""
    numbers = Numbers.of(fair)
    seats, tables = numbers.seats.tolist(), list(numbers.tables)
    room = [fair.slots * 9 if limit is None else limit for limit in numbers.limits]
    weight = 0
    for request in order:
        demand, other = numbers.left[request], numbers.right[request]
        for slot, free in enumerate(tables):
            if free and seats[demand][slot] and seats[other][slot] and room[demand] and room[other]:
                tables[slot] -= 1
                for person in (demand, other):
                    seats[person][slot] -= 1
                    room[person] -= 1
                weight += numbers.weight[request]
                break
    return weight


def first_come(fair: Fair) -> Outcome:
    begun = process_time()
    weight = greedy(fair, range(len(Numbers.of(fair).left)))
    return Outcome(weight, float("inf"), process_time() - begun)


def best_of_20(fair: Fair) -> Outcome:
    begun = process_time()
    rng = np.random.default_rng(0)
    requests = len(Numbers.of(fair).left)
    weight = max(greedy(fair, rng.permutation(requests).tolist()) for _ in range(20))
    return Outcome(weight, float("inf"), process_time() - begun)


def highs(fair: Fair, limit: float) -> Outcome:
    """The time-indexed integer programme as one would write it down."""
    begun = process_time()
    numbers = Numbers.of(fair)
    left, right = np.array(numbers.left), np.array(numbers.right)
    people, slots = numbers.seats.shape
    request, slot = np.nonzero((numbers.seats[left] > 0) & (numbers.seats[right] > 0))
    column = np.arange(len(request))
    limited = [index for index, most in enumerate(numbers.limits) if most is not None]
    rows = [
        (request, np.ones(len(left))),
        (left[request] * slots + slot, numbers.seats.ravel()),
        (right[request] * slots + slot, numbers.seats.ravel()),
        (slot, np.array(numbers.tables)),
    ]
    constraints = []
    both = np.concatenate([rows[1][0], rows[2][0]])
    for row, upper in (rows[0], (both, rows[1][1]), rows[3]):
        columns = np.resize(column, len(row))
        matrix = csr_array((np.ones(len(row)), (row, columns)), shape=(len(upper), len(column)))
        constraints.append(LinearConstraint(matrix, -np.inf, upper))
    if limited:
        ends = np.concatenate([left[request], right[request]])
        matrix = csr_array(
            (np.ones(len(ends)), (ends, np.tile(column, 2))), shape=(people, len(column))
        )
        upper = np.array([numbers.limits[index] for index in limited], dtype=float)
        constraints.append(LinearConstraint(matrix[limited], -np.inf, upper))
    weight = np.array(numbers.weight, dtype=float)
    solved = milp(
        -weight[request],
        integrality=1,
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": limit, "mip_rel_gap": 0.9 / weight.sum()},
    )
    best = 0 if solved.x is None else round(-solved.fun)
    bound = float("inf") if solved.mip_dual_bound is None else -solved.mip_dual_bound
    return Outcome(best, bound, process_time() - begun)


def cp_sat(fair: Fair, limit: float) -> Outcome:
    """The same model for CP-SAT, one thread like the others."""
    from ortools.sat.python import cp_model

    begun = process_time()
    numbers = Numbers.of(fair)
    model = cp_model.CpModel()
    at: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    in_slot: dict[int, list[cp_model.IntVar]] = {}
    of: dict[int, list[cp_model.IntVar]] = {}
    terms = []
    for request, (demand, other) in enumerate(zip(numbers.left, numbers.right, strict=True)):
        held = []
        for slot in range(fair.slots):
            if numbers.seats[demand, slot] and numbers.seats[other, slot]:
                variable = model.new_bool_var("")
                held.append(variable)
                in_slot.setdefault(slot, []).append(variable)
                for person in (demand, other):
                    at.setdefault((person, slot), []).append(variable)
                    of.setdefault(person, []).append(variable)
                terms.append((variable, numbers.weight[request]))
        model.add_at_most_one(held)
    for (person, slot), variables in at.items():
        if numbers.seats[person, slot] == 1:
            model.add_at_most_one(variables)
        else:
            model.add(sum(variables) <= int(numbers.seats[person, slot]))
    for slot, variables in in_slot.items():
        model.add(sum(variables) <= numbers.tables[slot])
    for person, most in enumerate(numbers.limits):
        if most is not None and person in of:
            model.add(sum(of[person]) <= most)
    model.maximize(sum(variable * weight for variable, weight in terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    best = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 0
    return Outcome(best, solver.best_objective_bound, process_time() - begun)


# Measuring


def ours(fair: Fair, runs: int, seconds: float = 60.0) -> Outcome:
    """The median time of `runs`, each the same timetable, which must break no rule."""
    times = []
    timetables = []
    for _ in range(runs):
        begun = process_time()
        timetables.append(solve(fair, seconds=seconds))
        times.append(process_time() - begun)
    first = timetables[0]
    assert check(fair, first.meetings) == ()
    assert all(timetable.meetings == first.meetings for timetable in timetables)
    return Outcome(first.weight, first.bound, statistics.median(times))


def walk_ins(fair: Fair, count: int) -> tuple[list[float], int]:
    """Milliseconds of each of `count` walk-ins into a full timetable with cancellations."""
    meetings = solve(fair).meetings
    rng = np.random.default_rng(3)
    kept = tuple(m for m in meetings if rng.random() < 0.97)
    locked = tuple(Lock(m.demand, m.supply, m.slot, m.table) for m in kept)
    day = replace(fair, locked=locked)
    held = {(m.demand, m.supply) for m in kept}
    demands = [
        participant.id for participant in fair.participants if participant.side is Side.DEMAND
    ]
    supplies = [
        participant.id for participant in fair.participants if participant.side is Side.SUPPLY
    ]
    times, placed = [], 0
    gc.collect()  # what earlier measurements left behind is not a walk-in's
    while len(times) < count:
        pair = (str(rng.choice(demands)), str(rng.choice(supplies)))
        if pair in held:
            continue
        begun = process_time()
        done = insert(day, kept, Request(*pair, weight=50))
        times.append((process_time() - begun) * 1000)
        assert set(kept) <= set(done.meetings)
        placed += done.meeting is not None
    return times, placed


def replanning() -> list[str]:
    """One demand organisation and two small firms cancel after the release."""
    rows = [
        line(["Availability", "Planned", "Meetings that could stay", "Given up", "Moved", "Time"]),
        line(["---"] * 6),
    ]
    for is_restricted in (False, True):
        fair = random_fair(AVAILABLE[0], is_restricted=is_restricted, seed=1)
        released = solve(fair).meetings
        gone = {"B5", "S3", "S77"}
        left = [r for r in fair.requests if not gone & {r.demand, r.supply}]
        later = replace(fair, requests=tuple(left))
        could_stay = [m for m in released if not gone & {m.demand, m.supply}]
        weights = set()
        for name, near in (("near the released", released), ("anew", ())):
            begun = process_time()
            timetable = solve(later, near=near)
            seconds = process_time() - begun
            assert timetable.optimal
            weights.add(timetable.weight)
            slots = {(m.demand, m.supply): m.slot for m in timetable.meetings}
            now = [slots.get((m.demand, m.supply)) for m in could_stay]
            moved = sum(slot not in (None, m.slot) for slot, m in zip(now, could_stay, strict=True))
            kind = "with availability" if is_restricted else "always free"
            rows.append(line([kind, name, len(could_stay), now.count(None), moved, clock(seconds)]))
            say(rows[-1])
        assert len(weights) == 1
    return rows


def line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def shown(outcome: Outcome | None, best: float) -> str:
    if outcome is None:
        return "not run"
    if not outcome.weight:
        return f"nothing, {outcome.seconds:.1f} s"
    share = "optimal" if outcome.is_proven else f"{100 * outcome.weight / best:.2f} %"
    return f"{share}, {clock(outcome.seconds)}"


def clock(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def against_peers(size: Size, *, is_restricted: bool, limit: float, seeds: int) -> list[str]:
    rows = []
    for seed in range(1, seeds + 1):
        fair = random_fair(size, is_restricted=is_restricted, seed=seed)
        mine = ours(fair, runs=5 if size.requests < 10_000 else 3)
        peers: list[Outcome | None] = [None, None]
        if seed == 1:
            peers = [highs(fair, limit), None]
            if size.requests <= CP_SAT_AT_MOST:
                peers[1] = cp_sat(fair, limit)
        bar = BARS.get((size, is_restricted))
        if bar is None and peers[0]:
            bar = peers[0].seconds / 2
        gap = 100 * (mine.bound - mine.weight) / mine.bound
        rows.append(
            line(
                [
                    size,
                    seed,
                    f"{mine.weight:,}",
                    "optimal" if mine.is_proven else f"gap {gap:.3f} %",
                    f"**{clock(mine.seconds)}**",
                    clock(bar) if bar else "",
                    shown(first_come(fair), mine.bound),
                    shown(best_of_20(fair), mine.bound),
                    *(shown(peer, mine.bound) for peer in peers),
                ]
            )
        )
        say(rows[-1])
    return rows


def say(text: str) -> None:
    print(text, flush=True)


HEAD = [
    line(
        [
            "Demand × supply / requests / slots",
            "Seed",
            "Weight",
            "dure",
            "Time",
            "Bar",
            "First come",
            "Best of 20 random",
            "HiGHS",
            "CP-SAT",
        ]
    ),
    line(["---"] * 10),
]


def variants(sizes: Sequence[Size], *, is_restricted: bool) -> list[str]:
    rows = [line(["Fair", "Kind", "Weight", "dure", "Time"]), line(["---"] * 5)]
    for size in sizes:
        plain = random_fair(size, is_restricted=is_restricted, seed=1)
        for name, change in VARIANTS.items():
            mine = ours(change(plain), runs=3 if size.requests < 10_000 else 1, seconds=60)
            gap = 100 * (mine.bound - mine.weight) / mine.bound
            proof = "optimal" if mine.is_proven else f"gap {gap:.3f} %"
            rows.append(line([size, name, f"{mine.weight:,}", proof, clock(mine.seconds)]))
            say(rows[-1])
    return rows


def page(limit: float, largest: int) -> str:
    free = [size for size in FREE if size.demands <= largest]
    restricted = [size for size in AVAILABLE if size.demands <= largest]
    parts = ["# How good and how fast timetables are", "", _INTRODUCTION.format(limit=limit)]
    parts += ["", "## Everyone always free", "", *HEAD]
    for size in free:
        parts += against_peers(size, is_restricted=False, limit=limit, seeds=3)
    parts += ["", "With more rules (bar: proven, at most ten times the time above):", ""]
    parts += variants(free, is_restricted=False)
    parts += ["", "## With availability", "", *HEAD]
    for size in restricted:
        parts += against_peers(size, is_restricted=True, limit=limit, seeds=3)
    parts += ["", "With more rules (no bar):", ""]
    parts += variants(restricted[:2], is_restricted=True)
    parts += ["", "## Growth", "", *growth(largest)]
    parts += ["", "## Planning anew after cancellations", "", _REPLANNING, "", *replanning()]
    parts += ["", "## Walk-ins", "", told_of_walk_ins()]
    if REAL.exists():
        parts += ["", "## A real instance", "", real(limit)]
        say(parts[-1])
    return "\n".join(parts) + "\n"


def told_of_walk_ins() -> str:
    times, placed = walk_ins(random_fair(FREE[0], is_restricted=True, seed=1), 600)
    sentence = _WALK_INS.format(
        FREE[0], statistics.median(times), np.percentile(times, 99), max(times), placed
    )
    say(sentence)
    return sentence


def with_new_walk_ins(text: str) -> str:
    """The page with only this one section measured again."""
    before, _, rest = text.partition("## Walk-ins\n")
    _, heading, after = rest.partition("\n## ")
    return f"{before}## Walk-ins\n\n{told_of_walk_ins()}\n{heading}{after}"


def growth(largest: int) -> list[str]:
    rows = [
        line(["Demand × supply / requests / slots", "Always free", "With availability"]),
        line(["---"] * 3),
    ]
    for size in GROWTH:
        if size.demands <= max(largest, GROWTH[0].demands):
            both = [
                ours(random_fair(size, is_restricted=kind, seed=1), runs=3)
                for kind in (False, True)
            ]
            rows.append(
                line(
                    [size]
                    + [
                        clock(result.seconds) + ("" if result.is_proven else " (not proven)")
                        for result in both
                    ]
                )
            )
            say(rows[-1])
    return rows


def real(limit: float) -> str:
    fair = real_fair()
    mine = ours(fair, runs=3)
    peers = {"HiGHS": highs(fair, limit), "CP-SAT": cp_sat(fair, limit)}
    others = "; ".join(f"{name}: {shown(outcome, mine.bound)}" for name, outcome in peers.items())
    proof = "proven optimal" if mine.is_proven else f"bound {mine.bound}"
    return (
        f"Speed dating at a conference (Vaggi et al., eLife 2014): {len(fair.participants)} people "
        f"in one group, {len(fair.requests)} pairs with a gain, 5 rounds, acquaintances never. "
        f"dure: {mine.weight}, {proof}, {clock(mine.seconds)} (known optimum 397). "
        f"First come {first_come(fair).weight}, best of 20 random {best_of_20(fair).weight}; {others}."
    )


_REPLANNING = (
    f"{AVAILABLE[0]}: one demand organisation and two small firms cancel; both plans are proven best "
    "and weigh the same."
)
_WALK_INS = (
    "600 walk-ins at {}, all other meetings locked: median {:.1f} ms, 99 of 100 within "
    "{:.1f} ms, slowest {:.1f} ms (bar 10 ms for the slowest); {} placed, the others refused with "
    "their cause."
)
_INTRODUCTION = """Written by `make bench-timetable`. Random requests with weights 1 to 100, one table for each demand
organisation, fixed seeds. Times are processor time of one thread, so that a busy machine does not
count; ours is the median of the whole `solve` (checking the fair, choice, placing, proof, tables and
causes included), and every timetable passed `check`. Peers get {limit:.0f} s: HiGHS and CP-SAT solve the
plain time-indexed model, one thread each (CP-SAT is made for more); percentages are of our proven
bound. "Not run": repeated seeds, or a model too large to build in the limit."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each exact peer")
    parser.add_argument("--largest", type=int, default=1000, help="demand organisations at most")
    parser.add_argument("--walk-ins", action="store_true", help="measure only walk-ins anew")
    arguments = parser.parse_args()
    if arguments.walk_ins:
        text = with_new_walk_ins(PAGE.read_text(encoding="utf-8"))
    else:
        text = page(arguments.limit, arguments.largest)
    if arguments.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
