"""Conflicts of interest from dated facts, with the reason of each; which facts count is a policy.

>>> from datetime import date
>>> policy = Policy({"employment": Rule(Circle.BELONGS, years=3), "trade": Rule(Circle.TIE, years=2)})
>>> facts = (
...     Fact("employment", "kim", "gaon", date(2019, 1, 1), date(2024, 6, 30)),
...     Fact("trade", "gaon", "nuri", date(2025, 1, 1), date(2025, 12, 31)),
... )
>>> [(found.kind, found.party) for found in find("kim", ["nuri"], facts, policy, date(2026, 5, 1))]
[('trade', 'nuri')]
>>> find("kim", ["gaon", "nuri"], facts, policy, date(2029, 1, 1))
()
"""

from dure.engines.conflicts._domains import bodies_of
from dure.engines.conflicts._find import Ties, find, find_in, ties_of
from dure.engines.conflicts._model import Circle, Conflict, Fact, Policy, Rule

__all__ = [
    "Circle",
    "Conflict",
    "Fact",
    "Policy",
    "Rule",
    "Ties",
    "bodies_of",
    "find",
    "find_in",
    "ties_of",
]
