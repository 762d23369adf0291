"""Timetables for one-to-one meetings: which requests are held, when, at which table; why not others.

The heaviest possible set of requests is held, proven by a bound; locked meetings stand.

>>> people = (
...     Participant("gaon", Side.DEMAND),
...     Participant("nuri", Side.SUPPLY),
...     Participant("dasom", Side.SUPPLY, available=frozenset({1})),
... )
>>> asked = (Request("gaon", "nuri", 60), Request("gaon", "dasom", 30))
>>> fair = Fair(slots=2, tables=1, participants=people, requests=asked)
>>> timetable = solve(fair)
>>> [(m.demand, m.supply, m.slot) for m in timetable.meetings], timetable.optimal
([('gaon', 'nuri', 0), ('gaon', 'dasom', 1)], True)
>>> check(fair, timetable.meetings)
()
>>> shorter = Fair(slots=1, tables=1, participants=people[:2], requests=asked[:1])
>>> insert(shorter, solve(shorter).meetings, Request("gaon", "nuri", 60)).meeting
Meeting(demand='gaon', supply='nuri', slot=0, table=0)
>>> capacity(fair)
2
"""

from dure.engines.scheduling._candidates import Candidate, candidates
from dure.engines.scheduling._capacity import capacity
from dure.engines.scheduling._check import Rule, Violation, check
from dure.engines.scheduling._contradictions import Contradiction, Fault, contradictions
from dure.engines.scheduling._explain import explain
from dure.engines.scheduling._insert import Broken, Insertion, insert
from dure.engines.scheduling._model import (
    Cause,
    Fair,
    Lock,
    Meeting,
    Participant,
    Request,
    Side,
    Timetable,
    Unplaced,
)
from dure.engines.scheduling._solve import solve

__all__ = [
    "Broken",
    "Candidate",
    "Cause",
    "Contradiction",
    "Fair",
    "Fault",
    "Insertion",
    "Lock",
    "Meeting",
    "Participant",
    "Request",
    "Rule",
    "Side",
    "Timetable",
    "Unplaced",
    "Violation",
    "candidates",
    "capacity",
    "check",
    "contradictions",
    "explain",
    "insert",
    "solve",
]
