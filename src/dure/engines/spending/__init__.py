"""Spending by the rules of a programme: what of an expense will be disallowed, and why.

>>> night = Rule("night", when=(Condition("time", hours=(time(23), time(6))),))
>>> meal = Rule("per_head", disallowed=Disallowed(Part.PER_HEAD, "attendees", won=30_000))
>>> facts = {"amount": 150_000, "time": time(19), "attendees": 3}
>>> judge(facts, [night, meal])
(Finding(rule='per_head', disallowed=60000),)
>>> disallowed_of(judge({**facts, "time": time(23)}, [night, meal]))
150000
"""

from datetime import time
from fractions import Fraction

from dure.engines.spending._changes import ChangeRule, Decision, Handling, classify_change
from dure.engines.spending._formulas import indirect_cut, reward_clawback
from dure.engines.spending._judge import disallowed_of, judge
from dure.engines.spending._model import (
    Condition,
    Disallowed,
    Fact,
    Facts,
    Finding,
    Part,
    Rule,
)
from dure.engines.spending._months import MonthLimit, Spent, over_months, over_participation
from dure.engines.spending._records import Duplicate, Purpose, Record, duplicates, named, propose
from dure.engines.spending._sample import Sampled, SampleRow, SampleRule, Why, sample

__all__ = [
    "ChangeRule",
    "Condition",
    "Decision",
    "Disallowed",
    "Duplicate",
    "Fact",
    "Facts",
    "Finding",
    "Fraction",
    "Handling",
    "MonthLimit",
    "Part",
    "Purpose",
    "Record",
    "Rule",
    "SampleRow",
    "SampleRule",
    "Sampled",
    "Spent",
    "Why",
    "classify_change",
    "disallowed_of",
    "duplicates",
    "indirect_cut",
    "judge",
    "named",
    "over_months",
    "over_participation",
    "propose",
    "reward_clawback",
    "sample",
    "time",
]
