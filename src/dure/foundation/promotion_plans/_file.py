"""What a file of a promotion plan may say."""

from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import Field

from dure.foundation.programmes import Id, Line, Strict, Text
from dure.foundation.promotion_plans._parts import (
    AddsUp,
    Amount,
    Code,
    Direction,
    Timing,
    Unit,
    When,
    Year,
)

Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]


class Strategy(Strict):
    """What the plan wants."""

    id: Code
    name: Text


class Task(Strict):
    """What is done for a strategy; `timing` says by year when."""

    id: Code
    strategy: Code
    name: Text
    timing: dict[When, Timing] = {}


class Baseline(Strict):
    """Where it began."""

    year: Year
    value: Amount


class Selected(Strict):
    """Facts of a kind; `where` names the values of dimensions."""

    fact: Id
    where: dict[Id, list[str]] = {}


class Measured(Selected):
    """How the platform's own facts make up the figure."""

    adds_up: Literal["count", "sum", "distinct", "latest", "average", "ratio", "share"]
    distinct: Id | None = None
    per: Selected | None = None
    cumulative: bool = False
    by: list[Id] = []
    since: When | None = None


class Part(Strict):
    """A figure that is a part of two others."""

    part: Code
    whole: Code


class Indicator(Strict):
    """A figure with its targets and actuals by period; of a task, or the headline of a strategy."""

    id: Code
    strategy: Code | None = None
    task: Code | None = None
    name: Text
    unit: Unit
    adds_up: AddsUp
    direction: Direction = "up"
    source: Line | None = None
    note: Text | None = None
    baseline: Baseline | None = None
    targets: dict[When, Amount] = {}
    actuals: dict[When, Amount] = {}
    asks_for_file: bool = False
    grows_by: Code | None = None
    per: Part | None = None
    measured: Measured | None = None


class Sum(Strict):
    """A total that has to be the sum of its parts."""

    period: When
    total: Code
    parts: Annotated[list[Code], Field(min_length=1)]


class Stated(Strict):
    """What the plan says of itself."""

    strategies: int | None = None
    headlines: int | None = None
    tasks: int | None = None


class Oddity(Strict):
    """Something that does not agree in the source itself, and why it stays so."""

    about: Line
    text: Text


class Plan(Strict):
    """A promotion plan."""

    id: Id
    name: Text
    first_year: Year
    last_year: Year
    source: Line
    vision: Text | None = None
    note: Text | None = None
    stated: Stated | None = None
    oddities: list[Oddity] = []
    strategies: list[Strategy] = []
    tasks: list[Task] = []
    indicators: Annotated[list[Indicator], Field(max_length=500)] = []
    sums: list[Sum] = []

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of an id."""
        return next((indicator for indicator in self.indicators if indicator.id == code), None)

    def indicators_of(self, place: Strategy | Task) -> list[Indicator]:
        """The headlines of a strategy, or the indicators of a task, in their order."""
        key = "strategy" if isinstance(place, Strategy) else "task"
        return [indicator for indicator in self.indicators if getattr(indicator, key) == place.id]

    def tasks_of(self, strategy: Strategy) -> list[Task]:
        """The tasks of a strategy, in their order."""
        return [task for task in self.tasks if task.strategy == strategy.id]

    def faults(self) -> list[Fault]:
        """Return where the file contradicts itself."""
        faults: list[Fault] = []
        if self.last_year < self.first_year:
            faults.append((("last_year",), "plan_ends_before", {}))
        for table in ("strategies", "tasks", "indicators"):
            faults += self._twice(table)
        faults += self._unknown()
        return faults

    def _twice(self, table: str) -> list[Fault]:
        counts = Counter(entry.id for entry in getattr(self, table))
        return [
            ((table, at, "id"), "twice", {"value": entry.id})
            for at, entry in enumerate(getattr(self, table))
            if counts[entry.id] > 1
        ]

    def _unknown(self) -> list[Fault]:
        strategies, tasks, indicators = (
            [entry.id for entry in table]
            for table in (self.strategies, self.tasks, self.indicators)
        )
        named: list[tuple[tuple[str | int, ...], str | None, list[str]]] = []
        for at, task in enumerate(self.tasks):
            named.append((("tasks", at, "strategy"), task.strategy, strategies))
        for at, indicator in enumerate(self.indicators):
            place: tuple[str | int, ...] = ("indicators", at)
            named.append(((*place, "strategy"), indicator.strategy, strategies))
            named.append(((*place, "task"), indicator.task, tasks))
            named.append(((*place, "grows_by"), indicator.grows_by, indicators))
            if indicator.per:
                named.append(((*place, "per", "part"), indicator.per.part, indicators))
                named.append(((*place, "per", "whole"), indicator.per.whole, indicators))
        for at, total in enumerate(self.sums):
            named.append((("sums", at, "total"), total.total, indicators))
            for number, part in enumerate(total.parts):
                named.append((("sums", at, "parts", number), part, indicators))
        faults: list[Fault] = [
            (place, "no_such", {"value": value, "known": known})
            for place, value, known in named
            if value is not None and value not in known
        ]
        return (
            faults
            + [
                (("indicators", at), "one_place", {})
                for at, indicator in enumerate(self.indicators)
                if (indicator.strategy is None) == (indicator.task is None)
            ]
            + self._unmeasured()
        )

    def _unmeasured(self) -> list[Fault]:
        faults: list[Fault] = []
        for at, indicator in enumerate(self.indicators):
            measured, place = indicator.measured, ("indicators", at, "measured")
            if measured is None:
                continue
            if (measured.adds_up == "distinct") != (measured.distinct is not None):
                faults.append((place, "distinct_of", {}))
            if (measured.adds_up in {"ratio", "share"}) != (measured.per is not None):
                faults.append((place, "part_of", {}))
        return faults
