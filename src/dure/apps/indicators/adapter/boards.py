"""Facts as boards count them: by everything that they can be told apart by, kept for some minutes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.cache import caches

from dure.apps.indicators import queries
from dure.apps.indicators.adapter.figures import said_of
from dure.apps.indicators.kinds import Origin, boards
from dure.apps.indicators.models import Revision
from dure.engines.measuring import (
    YEAR,
    AddsUp,
    Definition,
    Fact,
    Known,
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


@dataclass(frozen=True, slots=True)
class Counted:
    """The groups of a measure; `at` is when a job counted them, None where the page did just now."""

    groups: list[Group]
    at: datetime | None = None


def groups_kept(kind: Measure, day: date, own: Collection[int] | None) -> Counted:
    """Every group of a measure as known on a day, as it was at most five minutes ago.

    `own` are the organisations whose records alone are counted; None: all. Where there are so many
    facts that a page would wait for them, it is what a job counted in the last quarter of an hour.
    """
    ahead = queries.board_count(kind.code, own)
    if ahead is not None:
        return Counted(_unpacked(ahead.groups), ahead.counted_at)
    if own is not None and len(own) == 1 and queries.is_counted_ahead(kind.code):
        return Counted([])
    whose = "all" if own is None else ",".join(map(str, sorted(own)))
    groups = caches["own"].get_or_set(
        f"indicators.board.{kind.code}.{day}.{whose}",
        lambda: groups_of(kind, _facts(kind, own), day),
        SECONDS_KEPT,
    )
    return Counted(groups)


@cache
def told_apart_by(code: str) -> tuple[str, ...]:
    """By what boards tell the facts of a measure apart: filters, bars, and what charts are narrowed to."""
    charts = [chart for board in boards() for chart in board.charts if chart.measure == code]
    wanted = {*FILTERS, *(chart.by for chart in charts)}
    wanted |= {name for chart in charts for name in chart.where}
    return (YEAR, *(d.code for d in MEASURES[code].dimensions if d.code in wanted))


def groups_of(kind: Measure, facts: Iterable[Fact] | Known, day: date) -> list[Group]:
    """What facts come to, by everything that boards tell them apart by."""
    names = told_apart_by(kind.code)
    definition = Definition(Selection(kind.code), AddsUp.SUM, by=names)
    return [
        Group(dict(zip(names, cell.group, strict=True)), int(cell.value or 0), cell.facts)
        for cell in measure(definition, facts, EVER, day).cells
    ]


def packed(kind: Measure, groups: Iterable[Group]) -> dict[str, Any]:
    """Groups as they are stored."""
    names = told_apart_by(kind.code)
    rows = [
        [[group.dimensions[name] for name in names], group.value, group.facts] for group in groups
    ]
    return {"names": list(names), "rows": rows}


def _unpacked(stored: Mapping[str, Any]) -> list[Group]:
    names = stored["names"]
    return [
        Group(dict(zip(names, values, strict=True)), value, facts)
        for values, value, facts in stored["rows"]
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
