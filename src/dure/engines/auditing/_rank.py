"""Projects in the order in which they deserve a look: what is strong, and rare in this field.

Each signal counts once in a project, with its highest score. What many projects show says little of
any: a signal is worth the share of the field that does not show it at least as strongly, on a
logarithmic scale (its rarity). Strong, medium and weak signals weigh as `WEIGHTS` says.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from dure.engines.auditing._model import Finding, Level, Ranked

WEIGHTS: Mapping[Level, float] = {Level.STRONG: 4.0, Level.MEDIUM: 2.0, Level.WEAK: 0.5}
LEAST_RARITY = 0.05


def rank(projects: Sequence[str], findings: Iterable[Finding]) -> tuple[Ranked, ...]:
    """Every project in its place; of equal scores the one with the lower id comes first."""
    strongest = _strongest(findings)
    scores: dict[str, float] = dict.fromkeys(projects, 0.0)
    for signal in sorted(strongest):
        by_project = strongest[signal]
        shown = sorted(score for score, _ in by_project.values())
        for project, (score, level) in by_project.items():
            as_strong = len(shown) - bisect_left(shown, score)
            worth = score * rarity(as_strong, len(projects))
            scores[project] += WEIGHTS[level] * worth
    order = sorted(projects, key=lambda project: (-round(scores[project], 6), project))
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


def _strongest(findings: Iterable[Finding]) -> dict[str, dict[str, tuple[float, Level]]]:
    strongest: dict[str, dict[str, tuple[float, Level]]] = defaultdict(dict)
    for finding in findings:
        known = strongest[finding.signal].get(finding.project, (0.0, finding.level))
        strongest[finding.signal][finding.project] = max(known, (finding.score, finding.level))
    return strongest
