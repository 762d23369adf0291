"""Figures from facts: how many, how much, which part of what, in a period, as known on a day.

A fact says when it was, since when it is known and until when it held; so a figure of a past day
comes out the same for ever, whatever was learnt later.

>>> held = [
...     Fact("meeting", "1", date(2023, 11, 21), date(2023, 11, 22), dimensions={"region": "SEOUL"}),
...     Fact("meeting", "2", date(2023, 11, 21), date(2024, 2, 1), dimensions={"region": "BUSAN"}),
... ]
>>> meetings = Definition(Selection("meeting"), AddsUp.COUNT, by=("region",))
>>> measure(meetings, held, Period.of_year(2023), date(2023, 12, 31)).value
Decimal('1')
>>> [(cell.group, cell.value) for cell in measure(meetings, held, Period.of_year(2023)).cells]
[(('BUSAN',), Decimal('1')), (('SEOUL',), Decimal('1'))]
"""

from datetime import date
from decimal import Decimal

from dure.engines.measuring._check import Violation, check
from dure.engines.measuring._known import Known, known_on
from dure.engines.measuring._measure import behind, measure
from dure.engines.measuring._model import (
    PLACES,
    YEAR,
    AddsUp,
    Cell,
    Definition,
    Fact,
    Measurement,
    Period,
    Selection,
)

__all__ = [
    "PLACES",
    "YEAR",
    "AddsUp",
    "Cell",
    "Decimal",
    "Definition",
    "Fact",
    "Known",
    "Measurement",
    "Period",
    "Selection",
    "Violation",
    "behind",
    "check",
    "date",
    "known_on",
    "measure",
]
