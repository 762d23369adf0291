"""Facts as boards count them: by everything that they can be told apart by, kept for some minutes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import caches

from dure.apps.indicators import queries
from dure.apps.indicators.adapter.figures import said_of
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Revision
from dure.engines.measuring import (
    YEAR,
    AddsUp,
    Definition,
    Fact,
    Period,
    Selection,
    behind,
    measure,
)
from dure.foundation.measures import MEASURES, Measure
from dure.foundation.promotion_plans import Indicator as IndicatorFile

SECONDS_KEPT = 300
EVER = Period(date.min, date.max)
FILTERS = ("year", "region", "field", "size", "programme")
"""What a board can be narrowed by, as far as a measure knows it."""


@dataclass(frozen=True, slots=True)
class Group:
    """What facts of one kind that are alike in everything come to, and how many they are."""

    dimensions: Mapping[str, str]
    value: int
    facts: int


def is_known_by(kind: Measure, name: str) -> bool:
    """True where a measure can be told apart by something."""
    return kind.dimension(name) is not None


def groups_kept(kind: Measure, day: date, own: Collection[int] | None) -> list[Group]:
    """Every group of a measure as known on a day, as it was at most five minutes ago.

    `own` are the organisations whose records alone are counted; None: all. Reading the history of a
    kind of record takes seconds where there are many: not at each request.
    """
    whose = "all" if own is None else ",".join(map(str, sorted(own)))
    return caches["own"].get_or_set(
        f"indicators.board.{kind.code}.{day}.{whose}",
        lambda: _groups(kind, day, own),
        SECONDS_KEPT,
    )


def _groups(kind: Measure, day: date, own: Collection[int] | None) -> list[Group]:
    names = (YEAR, *(dimension.code for dimension in kind.dimensions))
    definition = Definition(Selection(kind.code), AddsUp.SUM, by=names)
    measurement = measure(definition, _facts(kind, own), EVER, day)
    return [
        Group(dict(zip(names, cell.group, strict=True)), int(cell.value or 0), cell.facts)
        for cell in measurement.cells
    ]


def _facts(kind: Measure, own: Collection[int] | None) -> Iterable[Fact]:
    if own is None:
        return kind.facts()
    ids = queries.own_records(kind.code, own)
    return (fact for fact in kind.facts() if fact.id in ids)


def facts_behind(
    kind: Measure, day: date, own: Collection[int] | None, where: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """The facts behind a number of a board, the newest last; `where` by dimension, the year too."""
    years = where.get(YEAR)
    period = Period.of_year(int(min(years))) if years else EVER
    others = {name: values for name, values in where.items() if name != YEAR}
    definition = Definition(Selection(kind.code, others), AddsUp.COUNT)
    return list(behind(definition, _facts(kind, own), period, day))


def published_of(
    revisions: Iterable[Revision], code: str, where: Mapping[str, Collection[str]]
) -> list[Revision]:
    """Among published figures those that count a measure `where` it is so, of the first plan that has any."""
    counting: list[Revision] = []
    for revision in revisions:
        indicator = revision.figure.indicator
        is_other_plan = bool(counting) and counting[0].figure.indicator.plan_id != indicator.plan_id
        is_measured = revision.origin == Origin.MEASURED
        if is_measured and not is_other_plan and _counts(said_of(indicator), code, where):
            counting.append(revision)
    return counting


def _counts(indicator_file: IndicatorFile, code: str, where: Mapping[str, Collection[str]]) -> bool:
    defined = indicator_file.measured
    if defined is None or defined.fact != code or code not in MEASURES:
        return False
    how = AddsUp.SUM if MEASURES[code].unit == "won" else AddsUp.COUNT
    narrowed = {name: set(values) for name, values in defined.where.items()}
    return (
        defined.adds_up == how
        and not defined.cumulative
        and narrowed == {name: set(values) for name, values in where.items()}
    )
