"""Facts, definitions and measurements, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

YEAR = "year"
"""The one dimension that no fact carries: the year of its day."""
PLACES = 4
"""Decimal places of averages and parts, rounded half up; everything else is exact."""
NONE: Mapping[str, str] = {}


class Fact(NamedTuple):
    """Something that happened on the day `on`.

    It is known from `known_from` on; on `known_until` it no longer held (withdrawn, corrected). A
    fact that is corrected is two: one until, the other from that day. `value` is 1 for what is only
    counted; money is in won.
    """

    kind: str
    id: str
    on: date
    known_from: date
    known_until: date | None = None
    value: Decimal | int = 1
    dimensions: Mapping[str, str] = NONE


class AddsUp(StrEnum):
    """How facts become one figure."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    LATEST = "latest"
    AVERAGE = "average"
    RATIO = "ratio"  # of two counts
    SHARE = "share"  # of two sums


@dataclass(frozen=True, slots=True)
class Selection:
    """Facts of a kind whose dimensions are among the values named in `where`."""

    kind: str
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is.

    `distinct` names the dimension whose values DISTINCT counts; `per` is what RATIO and SHARE are
    parts of, `times` 100 makes them percentages; `cumulative` begins with the first fact there is;
    `by` names the dimensions of the cells.
    """

    of: Selection
    adds_up: AddsUp
    distinct: str = ""
    per: Selection | None = None
    times: int = 1
    cumulative: bool = False
    by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.adds_up == AddsUp.DISTINCT and not self.distinct:
            raise ValueError("a count of different values names their dimension")
        if (self.adds_up in {AddsUp.RATIO, AddsUp.SHARE}) != (self.per is not None):
            raise ValueError("a ratio or share, and nothing else, says what it is a part of")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of one group; `facts` were counted. None: there is nothing to say."""

    group: tuple[str, ...]
    value: Decimal | None
    facts: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure and its cells in the order of their groups; `facts` were counted in all."""

    value: Decimal | None
    facts: int
    cells: tuple[Cell, ...] = ()
