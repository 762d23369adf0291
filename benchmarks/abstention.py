"""What matching shows and what it holds back, measured on labelled data.

Every query is asked twice: as it is, and with its right answers taken out of the pool, so that the
only right thing to show is nothing. `python -m benchmarks.matching --fit-abstention` fits the
weights of `engines/matching/_likelihood.py` on the fitting half and prints them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.optimize import minimize

from dure.engines import matching
from dure.engines.matching import Document, Hit, Query, Signs

KEPT = 0.92
"""Right first places that the bound of GOOD keeps on the fitting half."""
STRONG_KEPT, PARTIAL_KEPT = 0.7, 0.99
RIDGE = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """One query asked once: what stands first, and what is shown."""

    task: str
    held_out: bool
    removed: bool
    signs: Signs
    is_right: bool
    shown: int
    shown_right: int


Asked = tuple[str, bool, Query, Sequence[Hit], set[str], dict[str, Document]]


def cases(asked: Sequence[Asked]) -> list[Case]:
    """Ask every query with and without its right answers."""
    return [case for asked_one in asked for case in _both(*asked_one)]


def _both(
    task: str,
    held_out: bool,
    query: Query,
    searched_hits: Sequence[Hit],
    right: set[str],
    candidates: dict[str, Document],
) -> list[Case]:
    made = []
    for removed in (False, True):
        hits = [hit for hit in searched_hits if not (removed and hit.id in right)]
        [(first, signs)] = matching.signs(query, hits, candidates) or [("", None)]
        shown = [
            suggestion.id
            for suggestion in matching.rank(query, hits, candidates)
            if suggestion.strength.answers
        ]
        if signs is not None:
            is_right = first in right
            count = len(right & set(shown))
            made.append(Case(task, held_out, removed, signs, is_right, len(shown), count))
    return made


def fit(cases: Sequence[Case]) -> str:
    """Return the constants of `_likelihood.py`, fitted on the half that is not held out."""
    fitting = [case for case in cases if not case.held_out]
    rows = np.array([[getattr(c.signs, f.name) for f in fields(Signs)] for c in fitting])
    right = np.array([case.is_right for case in fitting])
    sizes = Counter(case.task for case in fitting)
    weight = np.array([len(fitting) / len(sizes) / sizes[case.task] for case in fitting])
    middle, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    sign = np.where(right, 1.0, -1.0)

    def loss(b: np.ndarray) -> float:
        wrong = np.logaddexp(0, -sign * (scaled @ b))
        return float(weight @ wrong + RIDGE * np.sum(b[1:] ** 2))

    b = minimize(loss, np.zeros(scaled.shape[1]), method="L-BFGS-B").x
    weights = b[1:] / spread
    constant = b[0] - float(weights @ middle)
    odds = constant + rows @ weights
    bounds = [
        (name, np.quantile(odds[right], 1 - kept))
        for name, kept in (("STRONG", STRONG_KEPT), ("GOOD", KEPT), ("PARTIAL", PARTIAL_KEPT))
    ]
    lines = [f"CONSTANT = {constant:.3f}", "WEIGHTS = Signs("]
    lines += [
        f"    {field.name}={value:.3f},"
        for field, value in zip(fields(Signs), weights, strict=True)
    ]
    lines += [")", "BOUNDS = ("]
    lines += [f"    (Strength.{name}, {bound:.2f})," for name, bound in bounds]
    return "\n".join([*lines, ")"])


def section(cases: Sequence[Case], titles: dict[str, str], interval: Callable) -> list[str]:
    """The part of the page about what is shown, by task and over all, on the held-out half."""
    held = [case for case in cases if case.held_out]
    lines = [
        "## What is shown, and what is held back",
        "",
        "Pages show what is likely right and fold the rest behind “look further”. Bounds and",
        "weights were fitted on the other half; these are the held-out queries. Precision: of all",
        "that is shown for queries whose answer is in the pool, the labelled part. Kept: of the",
        "right answers that stand first, the part that is shown. None: the same queries with the",
        "right answer taken out of the pool, for which rightly nothing is shown. Last: the precision",
        "if every second query had no answer. Labels are incomplete: an award or a patent that fits",
        "without a label counts as wrong.",
        "",
        "| task | queries | precision | kept | none | precision, half without answer |",
        "|---|---|---|---|---|---|",
    ]
    groups = {title: [c for c in held if c.task == task] for task, title in titles.items()}
    for title, group in {**groups, "**all**": held}.items():
        measures = (_precision, _kept, _none, _halved)
        cells = " | ".join(_cell(group, measure, interval) for measure in measures)
        lines.append(f"| {title} | {len(group) // 2} | {cells} |")
    return lines


def _cell(group: Sequence[Case], measure: Callable, interval: Callable) -> str:
    low, high = interval(
        {"": len(group)}, lambda sample: measure([group[place] for place in sample[""]])
    )
    return f"{measure(group):.3f} [{low:.3f}, {high:.3f}]"


def _precision(group: Sequence[Case]) -> float:
    asked = [case for case in group if not case.removed]
    return _share(sum(c.shown_right for c in asked), sum(c.shown for c in asked))


def _halved(group: Sequence[Case]) -> float:
    return _share(sum(c.shown_right for c in group), sum(c.shown for c in group))


def _kept(group: Sequence[Case]) -> float:
    right = [case for case in group if case.is_right]
    return _share(sum(case.shown_right > 0 for case in right), len(right))


def _none(group: Sequence[Case]) -> float:
    without = [case for case in group if case.removed]
    return _share(sum(case.shown == 0 for case in without), len(without))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def searched(query: Query, hits: Sequence[Hit], candidates: dict[str, Document]) -> list[str]:
    """The first ten that the search of the catalogue shows."""
    return [suggestion.id for suggestion in matching.look_up(query, hits, candidates)[:10]]


def hubs(rankings: Sequence[Sequence[str]], top: int = 3) -> tuple[float, float]:
    """How often the most frequent candidate stands among the first, and the busiest one per cent.

    Parts of all queries, and of all places.
    """
    counts = Counter(id_ for row in rankings for id_ in row[:top])
    busiest = counts.most_common(max(1, round(len(counts) / 100)))
    places = sum(counts.values())
    return busiest[0][1] / len(rankings), sum(count for _, count in busiest) / places
