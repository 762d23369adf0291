"""How good and how fast assignments are, against peers in the same run: `make bench-assigning`.

Reviewers draw random fits, so many for each application; seeds are fixed. Peers: greedy (the best
pair first), SciPy's `linear_sum_assignment` on copies of reviewers and applications (which may give
one application the same reviewer twice: its total bounds, it need not be allowed), and HiGHS on the
plain linear programme. Times are processor time of one thread. `--big` adds 5,000 applications with
3,000 reviewers. With `DURE_DATA`, the published matrices are measured as well.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, vstack

from benchmarks.texts import DATA
from dure.engines.assigning import Application, Instance, Objective, Reviewer, check, solve

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "assigning.md"
SIZES = ((200, 120, 40), (1_000, 600, 50))
BIG = (5_000, 3_000, 50)
REVIEWS, LOAD, UNIT = 3, 6, 10**6
DENSE_AT_MOST = 4_000_000  # cells of the copies


def random_instance(applications: int, reviewers: int, fits: int, seed: int = 1) -> Instance:
    rng = np.random.default_rng(seed)
    fit = {
        (f"R{reviewer}", f"A{application}"): int(rng.integers(1, UNIT))
        for application in range(applications)
        for reviewer in rng.choice(reviewers, fits, replace=False)
    }
    return Instance(
        tuple(Reviewer(f"R{n}", 0, LOAD) for n in range(reviewers)),
        tuple(Application(f"A{n}", REVIEWS) for n in range(applications)),
        fit,
    )


def published(name: str, load: int) -> Instance:
    with np.load(DATA / "reviewer_assignment" / f"{name}.npz") as read:
        similarity, conflict = read["similarity"], read["conflict"]
    return Instance(
        tuple(Reviewer(f"R{n}", 0, load) for n in range(similarity.shape[0])),
        tuple(Application(f"A{n}", REVIEWS) for n in range(similarity.shape[1])),
        {
            (f"R{r}", f"A{a}"): round(UNIT * similarity[r, a])
            for r, a in np.argwhere(similarity).tolist()
        },
        frozenset((f"R{r}", f"A{a}") for r, a in np.argwhere(conflict).tolist()),
    )


def greedy(instance: Instance) -> int:
    load: Counter[str] = Counter()
    total = 0
    for (reviewer, application), gain in sorted(
        instance.fit.items(), key=lambda pair_and_gain: -pair_and_gain[1]
    ):
        allowed = (reviewer, application) not in instance.conflicts
        if allowed and load[reviewer] < LOAD and load[application] < REVIEWS:
            load[reviewer] += 1
            load[application] += 1
            total += gain
    return total


def on_copies(instance: Instance) -> int | None:
    rows, columns = len(instance.applications) * REVIEWS, len(instance.reviewers) * LOAD
    if rows * columns > DENSE_AT_MOST:
        return None
    gain = np.zeros((len(instance.applications), len(instance.reviewers)))
    for (reviewer, application), value in instance.fit.items():
        gain[int(application[1:]), int(reviewer[1:])] = value
    copied = np.repeat(np.repeat(gain, REVIEWS, axis=0), LOAD, axis=1)
    left, right = linear_sum_assignment(copied, maximize=True)
    return int(copied[left, right].sum())


def by_highs(instance: Instance) -> int:
    pairs = np.array([(int(r[1:]), int(a[1:])) for r, a in instance.fit])
    gain = np.array(list(instance.fit.values()), dtype=float)
    ones, at = np.ones(len(pairs)), np.arange(len(pairs))
    rows = vstack(
        [
            coo_array((ones, (pairs[:, 0], at)), shape=(len(instance.reviewers), len(pairs))),
            coo_array((ones, (pairs[:, 1], at)), shape=(len(instance.applications), len(pairs))),
        ]
    )
    upper = np.concatenate(
        [np.full(len(instance.reviewers), LOAD), np.full(len(instance.applications), REVIEWS)]
    )
    return round(-linprog(-gain, A_ub=rows, b_ub=upper, bounds=(0, 1), method="highs").fun)


def timed(work, *arguments) -> tuple[object, str]:  # type: ignore[no-untyped-def]
    begun = process_time()
    outcome = work(*arguments)
    return outcome, f"{process_time() - begun:.2f} s"


def line(name: str, instance: Instance, *, has_peers: bool) -> str:
    total, took_total = timed(solve, instance, Objective.TOTAL)
    fair, took_fair = timed(solve, instance, Objective.FAIR)
    for assignment in (total, fair):
        assert not check(instance, assignment.reviewers_of)  # type: ignore[attr-defined]
    cells = [name, f"{total.total / UNIT:,.3f}", "yes" if total.optimal else "no", took_total]  # type: ignore[attr-defined]
    cells += [f"{fair.worst / UNIT:.3f} of {fair.bound / UNIT:.3f}", took_fair]  # type: ignore[attr-defined]
    for peer in (greedy, on_copies, by_highs) if has_peers else ():
        value, took = timed(peer, instance)
        share = "not run" if value is None else f"{100 * value / total.total:.2f} %, {took}"  # type: ignore[attr-defined,operator]
        cells.append(share)
    cells += ["—"] * (9 - len(cells))
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", action="store_true", help="5,000 applications x 3,000 reviewers")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    rows = [
        line(f"{a:,} × {r:,}, {f} fits", random_instance(a, r, f), has_peers=True)
        for a, r, f in (*SIZES, *([BIG] if options.big else []))
    ]
    if (DATA / "reviewer_assignment").is_dir():
        loads = {"csconf1": 7, "csconf2": 8, "csconf3": 5, "sigir07": 6}
        rows += [line(name, published(name, load), has_peers=False) for name, load in loads.items()]
    table = "\n".join([*HEAD, *rows])
    print(table)
    if options.write:
        kept = PAGE.read_text(encoding="utf-8").split("## Measured", 1)[0]
        PAGE.write_text(f"{kept}## Measured\n\n{ABOUT}\n\n{table}\n", encoding="utf-8")


ABOUT = (
    "Written by `make bench-assigning`. Three reviews each, a load of at most six, processor time of "
    "one thread. The worst is that of `fair`, beside its proven bound. Peers in per cent of our total: "
    "greedy, SciPy on copies (may name a reviewer twice), HiGHS (no minimum of reviews)."
)
HEAD = (
    "| Applications × reviewers | Total | Proven | Time | Worst | Time | Greedy | SciPy | HiGHS |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


if __name__ == "__main__":
    main()
