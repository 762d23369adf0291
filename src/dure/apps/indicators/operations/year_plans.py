"""Plans of years: begun with the actions of the year before, resolved by a second person, then with results."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from dure.apps.indicators import adapter, permissions
from dure.apps.indicators.models import Action, Indicator, Plan, YearPlan
from dure.apps.indicators.reasons import Reason
from dure.apps.indicators.stages import YearPlanStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def begin_year_plan(*, plan: Plan, year: int, by: User, at: datetime) -> YearPlan:
    """Begin the plan of a year with the actions of the year before, their budget as that of the year
    before, a year later. Raises Refused.
    """
    permissions.may_work(by).require()
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.first_year <= year <= plan.last_year:
        raise Refused(Reason.NOT_A_YEAR)
    if plan.year_plans.filter(year=year).exists():
        raise Refused(Reason.YEAR_TAKEN)
    begun = YearPlan.objects.create(plan=plan, year=year, created_by=by, created_at=at)
    before = plan.year_plans.filter(year=year - 1, stage=YearPlanStage.RESOLVED).first()
    if before:
        Action.objects.bulk_create(_a_year_later(action, begun) for action in before.actions.all())
    return begun


def _a_year_later(action: Action, year_plan: YearPlan) -> Action:
    return Action(
        year_plan=year_plan, task=action.task, name=action.name, body=action.body,
        starts_on=_in_year(action.starts_on, year_plan.year),
        ends_on=_in_year(action.ends_on, year_plan.year),
        budget_before=action.budget, budget=action.budget,
        indicator=action.indicator, target=action.target,
    )  # fmt: skip


def _in_year(day: date, year: int) -> date:
    """The same day of a year; the 28th for a leap day."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


@transaction.atomic
def write_action(
    *,
    year_plan: YearPlan,
    action: Action | None = None,
    task: str,
    name: str,
    body: str,
    starts_on: date,
    ends_on: date,
    budget_before: int,
    budget: int,
    indicator: Indicator | None,
    target: Decimal | None,
    by: User,
) -> Action:
    """Write a new action, or another text and other figures of `action`. Raises Refused."""
    year_plan = YearPlan.objects.select_for_update().get(pk=year_plan.pk)
    permissions.may_plan(by, year_plan).require()
    if task not in {known_task.id for known_task in adapter.file_of(year_plan.plan).tasks}:
        raise Refused(Reason.NO_TASK)
    if {starts_on.year, ends_on.year} != {year_plan.year}:
        raise Refused(Reason.NOT_ITS_YEAR)
    values: dict[str, Any] = {
        "task": task, "name": name, "body": body, "starts_on": starts_on, "ends_on": ends_on,
        "budget_before": budget_before, "budget": budget, "indicator": indicator,
        "target": target if indicator else None,
    }  # fmt: skip
    written = action or Action(year_plan=year_plan)
    for field, value in values.items():
        setattr(written, field, value)
    written.save()
    return written


@transaction.atomic
def drop_action(*, action: Action, by: User) -> None:
    """Take an action out of a plan that is not resolved yet. Raises Refused."""
    year_plan = YearPlan.objects.select_for_update().get(pk=action.year_plan_id)
    permissions.may_plan(by, year_plan).require()
    action.delete()


@transaction.atomic
def resolve(*, year_plan: YearPlan, by: User, at: datetime) -> YearPlan:
    """Resolve the plan of a year as a second person. Raises Refused."""
    year_plan = YearPlan.objects.select_for_update().get(pk=year_plan.pk)
    permissions.may_resolve(by, year_plan).require()
    if not year_plan.actions.exists():
        raise Refused(Reason.NO_ACTIONS)
    year_plan.stage = YearPlanStage.RESOLVED
    year_plan.resolved_by, year_plan.resolved_at = by, at
    year_plan.save()
    return year_plan


@transaction.atomic
def add_result(*, action: Action, result: str, by: User) -> Action:
    """Say what came of an action of a resolved plan. Raises Refused."""
    action = Action.objects.select_for_update().select_related("year_plan").get(pk=action.pk)
    permissions.may_add_result(by, action.year_plan).require()
    action.result = result.strip()
    action.save()
    return action
