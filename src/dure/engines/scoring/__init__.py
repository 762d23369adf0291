"""Scores that last: from sheets to panel scores to a ranking, in exact numbers.

>>> rules = Rules((Criterion("need", Fraction(60)), Criterion("money", Fraction(40))))
>>> def sheets(*marks):
...     return tuple(
...         Sheet(f"R{n}", {"need": Fraction(need), "money": Fraction(money)})
...         for n, (need, money) in enumerate(marks)
...     )
>>> first = Entry("A1", sheets((90, 80), (100, 80), (20, 20), (80, 80)))
>>> second = Entry("A2", sheets((70, 90), (80, 80), (60, 60)))
>>> ranking = rank([first, second], rules, Places(selected=1, reserve=1))
>>> [(line.rank, line.id, written(line.final, 1), line.outcome.value) for line in ranking.lines]
[(1, 'A1', '83.0', 'SELECTED'), (2, 'A2', '78.0', 'RESERVE')]
>>> check([first, second], rules, Places(1, 1), ranking)
()
"""

from fractions import Fraction

from dure.engines.scoring._check import Fault, check
from dure.engines.scoring._committee import (
    Majority,
    grade_of,
    is_biased,
    is_carried,
    is_quorate,
    last_day,
    panel_size,
    rank_gap,
    rating_points,
)
from dure.engines.scoring._fairness import FEWEST, Share, agreement, shares
from dure.engines.scoring._model import (
    Cause,
    Combine,
    Criterion,
    Entry,
    Outcome,
    PanelScore,
    Places,
    Quota,
    Ranked,
    Ranking,
    Rules,
    Sheet,
    UnusableSheets,
)
from dure.engines.scoring._rank import influence, influence_of, judged_again, rank, severity
from dure.engines.scoring._score import half_up, score, written

__all__ = [
    "FEWEST",
    "Cause",
    "Combine",
    "Criterion",
    "Entry",
    "Fault",
    "Fraction",
    "Majority",
    "Outcome",
    "PanelScore",
    "Places",
    "Quota",
    "Ranked",
    "Ranking",
    "Rules",
    "Share",
    "Sheet",
    "UnusableSheets",
    "agreement",
    "check",
    "grade_of",
    "half_up",
    "influence",
    "influence_of",
    "is_biased",
    "is_carried",
    "is_quorate",
    "judged_again",
    "last_day",
    "panel_size",
    "rank",
    "rank_gap",
    "rating_points",
    "score",
    "severity",
    "shares",
    "written",
]
