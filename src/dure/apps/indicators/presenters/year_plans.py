"""A year's plan as tables by task, with what came of each action."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.indicators import adapter
from dure.apps.indicators.models import Action, Revision, YearPlan
from dure.apps.indicators.presenters.words import as_text, reached


@dataclass(frozen=True, slots=True)
class TaskActions:
    """A task with its actions."""

    id: str
    name: str
    rows: list[dict[str, Any]]


def by_task(
    year_plan: YearPlan, actions: Iterable[Action], revisions: Iterable[Revision]
) -> list[TaskActions]:
    """The tasks of the plan that have actions, each with the published figure of the year beside its target."""
    figures = {
        revision.figure.indicator_id: revision.value
        for revision in revisions
        if revision.figure.year == year_plan.year
    }
    rows: dict[str, list[dict[str, Any]]] = {}
    for action in actions:
        unit = action.indicator.unit if action.indicator else ""
        now = figures.get(action.indicator_id) if action.indicator_id else None
        rows.setdefault(action.task, []).append(
            {
                "action": action,
                "target": as_text(action.target, unit) if action.target is not None else "",
                "now": as_text(now, unit) if now is not None else "",
                "reached": reached(now, action.target),
            }
        )
    plan_file, language = adapter.file_of(year_plan.plan), get_language()
    return [
        TaskActions(task.id, task.name.in_language(language), rows[task.id])
        for task in plan_file.tasks
        if task.id in rows
    ]


def totals(actions: Iterable[Action]) -> list[dict[str, Any]]:
    """How many actions there are, and their budgets of both years."""
    listed = list(actions)
    sums = {
        _("Budget (won)"): sum(action.budget for action in listed),
        _("Year before (won)"): sum(action.budget_before for action in listed),
    }
    return [
        {"label": pgettext("year plan", "Actions"), "number": f"{len(listed):,}"},
        *({"label": label, "number": f"{won:,}"} for label, won in sums.items()),
    ]


def year_plan_sheet(listed: Iterable[TaskActions]) -> dict[str, Any]:
    """Every action in a row."""
    headers = [
        _("Task"), _("What is done"), _("Who does it"), _("From"), _("To"),
        _("Budget of the year before (won)"), _("Budget (won)"), _("Indicator"), _("Target"),
        _("Actual"), _("Reached (%)"), pgettext("year plan", "What came of it"),
    ]  # fmt: skip
    rows = [
        [
            f"{task.id} {task.name}", row["action"].name, row["action"].body,
            row["action"].starts_on, row["action"].ends_on, row["action"].budget_before,
            row["action"].budget, str(row["action"].indicator or ""), row["target"], row["now"],
            row["reached"], row["action"].result,
        ]
        for task in listed
        for row in task.rows
    ]  # fmt: skip
    return {"headers": headers, "rows": rows}
