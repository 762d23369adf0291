"""Projects in the order in which they deserve a look: what is strong, and rare in this field.

Each signal counts once in a project, with its highest score. What many projects show says little of
any: a signal is worth the share of the field that does not show it at least as strongly, on a
logarithmic scale (its rarity). Strong, medium and weak signals weigh as `WEIGHTS` says, and more where
much of the project's money stands behind them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log

from dure.engines.auditing._model import Finding, Level, Ranked

WEIGHTS: Mapping[Level, float] = {Level.STRONG: 4.0, Level.MEDIUM: 2.0, Level.WEAK: 0.5}
LEAST_RARITY = 0.05
LEAST_MATTER, MUCH = 0.3, 0.05


def rank(totals: Mapping[str, int], findings: Iterable[Finding]) -> tuple[Ranked, ...]:
    """Every project in its place; of equal scores the one with the lower id comes first.

    `totals` is the money of each project in won, 0 where it is not known.
    """
    strongest = _strongest(findings, totals)
    scores: dict[str, float] = dict.fromkeys(totals, 0.0)
    for signal in sorted(strongest):
        by_project = strongest[signal]
        shown = sorted(by_project.values())
        for project, worth in by_project.items():
            as_strong = len(shown) - bisect_left(shown, worth)
            scores[project] += worth * rarity(as_strong, len(totals))
    order = sorted(totals, key=lambda project: (-round(scores[project], 6), project))
    return tuple(
        Ranked(project, place, round(scores[project], 6)) for place, project in enumerate(order, 1)
    )


def rarity(showing: int, projects: int) -> float:
    """1 where one project in very many shows it, near 0 where all do.

    >>> round(rarity(1, 41_000), 2), round(rarity(410, 41_000), 2), rarity(41_000, 41_000)
    (1.0, 0.43, 0.05)
    """
    if projects < 2:
        return 1.0
    return max(LEAST_RARITY, log(projects / showing) / log(projects))


def _strongest(
    findings: Iterable[Finding], totals: Mapping[str, int]
) -> dict[str, dict[str, float]]:
    """By signal and project what its strongest finding weighs."""
    strongest: dict[str, dict[str, float]] = defaultdict(dict)
    for finding in findings:
        worth = WEIGHTS[finding.level] * finding.score * _matter(finding, totals)
        known = strongest[finding.signal].get(finding.project, 0.0)
        strongest[finding.signal][finding.project] = max(known, worth)
    return strongest


def _matter(finding: Finding, totals: Mapping[str, int]) -> float:
    """From `LEAST_MATTER` to 1, by the share of the project's money that the finding is about."""
    money = finding.facts.get("paid", finding.facts.get("amount"))
    total = totals.get(finding.project, 0)
    if money is None or not total:
        return 1.0
    share = min(1.0, float(money) / (MUCH * total))
    return LEAST_MATTER + (1 - LEAST_MATTER) * share
