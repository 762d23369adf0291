"""A plan as tables, charts and a workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators import adapter, queries
from dure.apps.indicators.models import Plan, Revision
from dure.apps.indicators.presenters.words import as_text, reached
from dure.foundation import promotion_plans
from dure.foundation.promotion_plans import Indicator as IndicatorFile
from dure.foundation.promotion_plans import Strategy, Task, year_of
from dure.foundation.sheets import Sheet

FULL = 100


@dataclass(slots=True)
class Group:
    """A strategy with its headlines, or a task with its indicators."""

    id: str
    name: str
    timing: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    tasks: "list[Group]" = field(default_factory=list)


def years_of(plan: Plan, revisions: Iterable[Revision]) -> list[int]:
    """The years of a plan in tables: those with figures, and the last one."""
    years = {revision.figure.year for revision in revisions}
    inside = range(plan.first_year, plan.last_year + 1)
    return [year for year in inside if year in years or year == plan.last_year]


def plan_table(plan: Plan, revisions: Iterable[Revision]) -> list[Group]:
    """Strategies, their tasks, and of every indicator the target and the figures by year."""
    revisions = list(revisions)
    plan_file, language = adapter.file_of(plan), get_language()
    by_code: dict[str, list[Revision]] = {}
    for revision in revisions:
        by_code.setdefault(revision.figure.indicator.code, []).append(revision)
    years = years_of(plan, revisions)

    def group(place: Strategy | Task, timing: str = "") -> Group:
        rows = [
            _row(plan, indicator, by_code.get(indicator.id, []), years)
            for indicator in plan_file.indicators_of(place)
        ]
        return Group(place.id, place.name.in_language(language), timing, rows)

    groups = []
    for strategy in plan_file.strategies:
        made = group(strategy)
        made.tasks = [group(task, _timing(task)) for task in plan_file.tasks_of(strategy)]
        groups.append(made)
    return groups


def _timing(task: Task) -> str:
    language = get_language()
    return ", ".join(
        f"{period} {promotion_plans.name('timing', when, language)}"
        for period, when in task.timing.items()
    )


def _row(
    plan: Plan, indicator_file: IndicatorFile, revisions: list[Revision], years: list[int]
) -> dict[str, Any]:
    newest = {revision.figure.year: revision for revision in revisions}
    target = _last(indicator_file.targets)
    value = newest[max(newest)].value if newest else None
    return {
        "name": indicator_file.name.in_language(get_language()),
        "url": reverse("indicators:indicator", args=[plan.slug, indicator_file.id]),
        "unit": promotion_plans.name("unit", indicator_file.unit, get_language()),
        "measured": indicator_file.measured is not None,
        "target": as_text(target[1], indicator_file.unit) if target else "",
        "target_period": target[0] if target else "",
        "reached": reached(value, target[1]) if target else None,
        "cells": [
            {
                "year": year,
                "text": as_text(newest[year].value, indicator_file.unit) if year in newest else "",
                "url": newest[year].figure.get_absolute_url() if year in newest else "",
            }
            for year in years
        ],
    }


def _last(targets: Mapping[str, Decimal]) -> tuple[str, Decimal] | None:
    return max(targets.items(), key=lambda item: year_of(item[0])) if targets else None


def headline_bars(plan: Plan, revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    """Of every indicator with a target, the part of it that its newest figure reaches."""
    newest: dict[str, Revision] = {}
    for candidate in revisions:
        newest[candidate.figure.indicator.code] = candidate
    rows = []
    for indicator in adapter.file_of(plan).indicators:
        target, revision = _last(indicator.targets), newest.get(indicator.id)
        if not target or revision is None:
            continue
        percent = reached(revision.value, target[1])
        rows.append(
            {
                "label": f"{indicator.name.in_language(get_language())} ({revision.figure.period})",
                "value": percent or 0,
                "text": f"{percent}%",
                "plan": FULL,
                "plan_text": f"{FULL}%",
                "url": revision.figure.get_absolute_url(),
            }
        )
    return rows


def newest_headlines() -> tuple[Plan | None, list[dict[str, Any]]]:
    """The newest plan with figures that have targets, and its headlines; else the newest plan."""
    for plan in queries.plans():
        if rows := headline_bars(plan, queries.published_in(plan)):
            return plan, rows
    return queries.plans().first(), []


def sheets(plan: Plan, revisions: Iterable[Revision]) -> list[Sheet]:
    """Everything of a plan as a workbook: its indicators, every figure, and what each means."""
    revisions = list(revisions)
    plan_file, language = adapter.file_of(plan), get_language()
    places = {
        part.id: part.name.in_language(language)
        for part in (*plan_file.strategies, *plan_file.tasks)
    }
    of_indicator = {indicator.id: indicator for indicator in plan_file.indicators}
    figures = [
        [
            str(revision.figure.indicator),
            revision.figure.period,
            revision.value,
            promotion_plans.name("unit", revision.figure.indicator.unit, language),
            of_indicator[revision.figure.indicator.code].targets.get(revision.figure.period),
            revision.get_origin_display(),
            revision.as_of,
            revision.evidence,
            revision.number,
            revision.published_at,
        ]
        for revision in revisions
    ]
    meanings = [
        [
            places[indicator.strategy or indicator.task or ""],
            indicator.name.in_language(language),
            promotion_plans.name("unit", indicator.unit, language),
            promotion_plans.name("adds_up", indicator.adds_up, language),
            promotion_plans.name("direction", indicator.direction, language),
            indicator.baseline.year if indicator.baseline else None,
            indicator.baseline.value if indicator.baseline else None,
            ", ".join(f"{period}: {value:f}" for period, value in indicator.targets.items()),
            indicator.source or plan_file.source,
            indicator.note.in_language(language) if indicator.note else "",
        ]
        for indicator in plan_file.indicators
    ]
    return [
        Sheet(
            _("Figures"),
            [_("Indicator"), _("Period"), _("Figure"), _("Unit"), _("Target"), _("Origin"),
             _("As of"), _("Where it is from"), _("Revision"), _("Published")],
            figures,
        ),
        Sheet(
            _("Indicators"),
            [_("Strategy or task"), _("Indicator"), _("Unit"), _("How it adds up"),
             _("Direction"), _("Baseline year"), _("Baseline"), _("Targets"), _("Source"),
             _("Note")],
            meanings,
        ),
    ]  # fmt: skip
