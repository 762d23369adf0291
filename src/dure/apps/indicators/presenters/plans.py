"""A plan as tables, charts and a workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators import adapter
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
    found = {each.figure.year for each in revisions}
    inside = range(plan.first_year, plan.last_year + 1)
    return [year for year in inside if year in found or year == plan.last_year]


def plan_table(plan: Plan, revisions: Iterable[Revision]) -> list[Group]:
    """Strategies, their tasks, and of every indicator the target and the figures by year."""
    revisions = list(revisions)
    said, language = adapter.file_of(plan), get_language()
    by_code: dict[str, list[Revision]] = {}
    for each in revisions:
        by_code.setdefault(each.figure.indicator.code, []).append(each)
    years = years_of(plan, revisions)

    def group(place: Strategy | Task, timing: str = "") -> Group:
        rows = [
            _row(plan, each, by_code.get(each.id, []), years) for each in said.indicators_of(place)
        ]
        return Group(place.id, place.name.in_language(language), timing, rows)

    found = []
    for strategy in said.strategies:
        made = group(strategy)
        made.tasks = [group(task, _timing(task)) for task in said.tasks_of(strategy)]
        found.append(made)
    return found


def _timing(task: Task) -> str:
    language = get_language()
    return ", ".join(
        f"{period} {promotion_plans.name('timing', when, language)}"
        for period, when in task.timing.items()
    )


def _row(
    plan: Plan, said: IndicatorFile, revisions: list[Revision], years: list[int]
) -> dict[str, Any]:
    newest = {each.figure.year: each for each in revisions}
    target = _last(said.targets)
    value = newest[max(newest)].value if newest else None
    return {
        "name": said.name.in_language(get_language()),
        "url": reverse("indicators:indicator", args=[plan.slug, said.id]),
        "unit": promotion_plans.name("unit", said.unit, get_language()),
        "measured": said.measured is not None,
        "target": as_text(target[1], said.unit) if target else "",
        "target_period": target[0] if target else "",
        "reached": reached(value, target[1]) if target else None,
        "cells": [
            {
                "year": year,
                "text": as_text(newest[year].value, said.unit) if year in newest else "",
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
    for each in revisions:
        newest[each.figure.indicator.code] = each
    found = []
    for said in adapter.file_of(plan).indicators:
        target, revision = _last(said.targets), newest.get(said.id)
        if not target or revision is None:
            continue
        percent = reached(revision.value, target[1])
        found.append(
            {
                "label": f"{said.name.in_language(get_language())} ({revision.figure.period})",
                "value": percent or 0,
                "text": f"{percent}%",
                "plan": FULL,
                "plan_text": f"{FULL}%",
                "url": revision.figure.get_absolute_url(),
            }
        )
    return found


def sheets(plan: Plan, revisions: Iterable[Revision]) -> list[Sheet]:
    """Everything of a plan as a workbook: its indicators, every figure, and what each means."""
    revisions = list(revisions)
    said, language = adapter.file_of(plan), get_language()
    places = {each.id: each.name.in_language(language) for each in (*said.strategies, *said.tasks)}
    of_indicator = {each.id: each for each in said.indicators}
    figures = [
        [
            str(each.figure.indicator),
            each.figure.period,
            each.value,
            promotion_plans.name("unit", each.figure.indicator.unit, language),
            of_indicator[each.figure.indicator.code].targets.get(each.figure.period),
            each.get_origin_display(),
            each.as_of,
            each.evidence,
            each.number,
            each.published_at,
        ]
        for each in revisions
    ]
    meanings = [
        [
            places[each.strategy or each.task or ""],
            each.name.in_language(language),
            promotion_plans.name("unit", each.unit, language),
            promotion_plans.name("adds_up", each.adds_up, language),
            promotion_plans.name("direction", each.direction, language),
            each.baseline.year if each.baseline else None,
            each.baseline.value if each.baseline else None,
            ", ".join(f"{period}: {value:f}" for period, value in each.targets.items()),
            each.source or said.source,
            each.note.in_language(language) if each.note else "",
        ]
        for each in said.indicators
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
