"""Plans as their files say them, and figures as the engine measures them from what apps know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Indicator, Plan, Revision
from dure.engines.measuring import (
    Definition,
    Fact,
    Known,
    Measurement,
    Period,
    behind,
    known_on,
    measure,
)
from dure.foundation import promotion_plans
from dure.foundation.measures import MEASURES
from dure.foundation.promotion_plans import Indicator as IndicatorFile
from dure.foundation.promotion_plans import NotAPeriod, year_of
from dure.foundation.promotion_plans import Plan as PlanFile


@lru_cache(maxsize=16)
def _parsed(digest: str, content: str) -> PlanFile:
    return promotion_plans.read(content.encode())


def file_of(plan: Plan) -> PlanFile:
    """What the file of a plan says."""
    return _parsed(plan.digest, plan.content)


def said_of(indicator: Indicator) -> IndicatorFile:
    """What the plan's file says of an indicator."""
    indicator_file = file_of(indicator.plan).indicator(indicator.code)
    if indicator_file is None:
        raise LookupError(f"the file of {indicator.plan.slug} has no {indicator.code}")
    return indicator_file


def is_measured(indicator_file: IndicatorFile, period: str) -> bool:
    """True where the platform measures the figure of a period, so that nobody types it.

    What the file itself says of a period is history; so is what lies before `since`.
    """
    if (
        indicator_file.measured is None
        or indicator_file.measured.fact not in MEASURES
        or period in indicator_file.actuals
    ):
        return False
    since = indicator_file.measured.since
    try:
        return since is None or year_of(period) >= year_of(since)
    except NotAPeriod:
        return False


def facts_of(indicator_files: Iterable[IndicatorFile]) -> list[Fact]:
    """Every fact of the kinds that indicators count."""
    wanted = {
        kind
        for indicator_file in indicator_files
        if indicator_file.measured
        for kind in (
            indicator_file.measured.fact,
            indicator_file.measured.per.fact if indicator_file.measured.per else "",
        )
    }
    return [fact for code in sorted(wanted) if code in MEASURES for fact in MEASURES[code].facts()]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the facts behind it, and what each value of a dimension came to."""

    value: Decimal | None
    behind: list[list[Any]]
    cells: dict[str, list[list[Any]]]


def measured(indicator_file: IndicatorFile, period: Period, known: Known) -> Measured:
    """Measure an indicator in a period. Raises LookupError where the platform does not know it."""
    definition = promotion_plans.definition_of(indicator_file)
    if definition is None or indicator_file.measured is None:
        raise LookupError(indicator_file.id)
    facts = behind(definition, known, period)
    return Measured(
        measure(definition, known, period).value,
        [[fact.id, fact.on.isoformat(), str(fact.value)] for fact in facts],
        {name: _cells(indicator_file, period, known, name) for name in indicator_file.measured.by},
    )


def _cells(
    indicator_file: IndicatorFile, period: Period, known: Known, name: str
) -> list[list[Any]]:
    definition = promotion_plans.definition_of(indicator_file, (name,))
    measurement: Measurement = measure(definition or _never(), known, period)
    return [
        [cell.group[0], None if cell.value is None else str(cell.value), cell.facts]
        for cell in measurement.cells
    ]


def _never() -> Definition:
    raise LookupError("an indicator without facts")


def measured_on(indicator_file: IndicatorFile, period: str, as_of: date) -> Measured:
    """Measure one indicator as known on a day."""
    known = known_on(facts_of([indicator_file]), as_of)
    return measured(indicator_file, promotion_plans.period_of(period), known)


def behind_of(revision: Revision) -> list[str]:
    """The ids of the records behind a measured figure, each once, in their order."""
    return list(dict.fromkeys(str(row[0]) for row in revision.behind or ()))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A published figure that its own day no longer gives: what records left it and which came."""

    revision: Revision
    right: Decimal | None
    gone: tuple[str, ...]
    come: tuple[str, ...]


def disagreements(revisions: Iterable[Revision]) -> list[Disagreement]:
    """Measure published figures again, each as known on its day, and say which came out otherwise."""
    measured_ones = [revision for revision in revisions if revision.origin == Origin.MEASURED]
    files = {revision.pk: said_of(revision.figure.indicator) for revision in measured_ones}
    facts = facts_of(files.values())
    known = {day: known_on(facts, day) for day in {revision.as_of for revision in measured_ones}}
    differing = []
    for published in measured_ones:
        period = promotion_plans.period_of(published.figure.period)
        now = measured(files[published.pk], period, known[published.as_of])
        before = {tuple(row) for row in published.behind}
        after = {tuple(row) for row in now.behind}
        if now.value != published.value or before != after:
            gone, come = (
                {str(row[0]) for row in rows} for rows in (before - after, after - before)
            )
            differing.append(
                Disagreement(published, now.value, tuple(sorted(gone)), tuple(sorted(come)))
            )
    return differing


def measured_year(
    plan: PlanFile, year: int, as_of: date
) -> Iterator[tuple[IndicatorFile, Measured]]:
    """Every indicator of a plan that the platform knows, measured in a year as known on a day."""
    ours = [
        indicator
        for indicator in plan.indicators
        if indicator.measured and indicator.measured.fact in MEASURES
    ]
    known = known_on(facts_of(ours), as_of)
    for indicator_file in ours:
        yield indicator_file, measured(indicator_file, Period.of_year(year), known)
