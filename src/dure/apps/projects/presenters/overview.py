"""Where a project stands: steps, figures, plan against actual."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.projects import adapter, queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project, Settlement
from dure.apps.projects.stages import ProjectStage
from dure.foundation.workdays import term_ends

STEPS = (ProjectStage.RUNNING, ProjectStage.SETTLING, ProjectStage.SETTLED, ProjectStage.CLOSED)


def steps_of(project: Project) -> list[dict[str, Any]]:
    """The stages on the way, with where the project is."""
    there = {
        ProjectStage.HELD: ProjectStage.RUNNING,
        ProjectStage.STOPPED: ProjectStage.RUNNING,
        ProjectStage.GIVEN_UP: ProjectStage.SETTLED,
    }
    now = STEPS.index(there.get(ProjectStage(project.stage), ProjectStage(project.stage)))
    return [
        {
            "label": step.label,
            "state": "done" if place < now else "now" if place == now else "",
        }
        for place, step in enumerate(STEPS)
    ]


def figures_of(project: Project, today: date) -> list[dict[str, Any]]:
    """Money and time at a glance."""
    members = list(project.members.all())
    planned = sum(member.grant + member.own_cash + member.top_up for member in members)
    spent = queries.spending_of(project)
    cash = sum(spending.amount for spending in spent if not spending.is_in_kind)
    doubtful = sum(project.expenses.filter(decision="").values_list("expected", flat=True))
    days = (project.ends_on - today).days
    return [
        {"number": f"{planned:,}", "unit": _("won"), "label": _("Agreed cash")},
        {
            "number": f"{cash:,}",
            "unit": _("won"),
            "label": _("Spent"),
            "note": f"{cash * 100 // planned if planned else 0} %",
        },
        {
            "number": f"{doubtful:,}",
            "unit": _("won"),
            "label": _("Will be disallowed as it stands"),
            "tone": "danger" if doubtful else "",
        },
        {"number": f"{max(days, 0):,}", "label": _("Days to the end")},
    ]


def plan_rows(project: Project, year: int | None = None) -> list[dict[str, Any]]:
    """Plan against actual by budget line, in the reader's language."""
    sums = adapter.plan_against_actual(
        queries.budget_of(project), queries.spending_of(project), year
    )
    return _rows(project, sums)


def _rows(project: Project, sums: list[adapter.LineSum]) -> list[dict[str, Any]]:
    language = get_language()
    return [
        {
            "name": adapter.line_name(project, line_sum.line, language) or _("No purpose yet"),
            "sum": line_sum,
            "percent": line_sum.spent * 100 // whole
            if (whole := line_sum.planned + line_sum.carried)
            else 0,
        }
        for line_sum in sums
    ]


def settled_plan(settlement: Settlement) -> list[dict[str, Any]]:
    """Plan against actual of what a settlement is about, by budget line."""
    project = settlement.project
    money = adapter.stage_money(settlement, project.members.all(), queries.budget_of(project))
    spent = queries.spending_of(project, settlement=settlement)
    return _rows(project, adapter.plan_against_actual(money.plan, spent))


def settlement_tabs(project: Project, shown: Settlement) -> list[dict[str, Any]]:
    """The settlements of a project as tabs; none where there is but one."""
    settlements = list(project.settlements.all())
    return [
        {
            "label": _("Stage %(number)s") % {"number": settlement.of_stage}
            if settlement.of_stage
            else _("At the end"),
            "url": f"?stage={settlement.of_stage}",
            "current": settlement == shown,
        }
        for settlement in settlements
        if len(settlements) > 1 or settlement.of_stage
    ]


def reported_figures(project: Project, today: date) -> dict[str, int]:
    """What a report need not ask, because the platform knows it."""
    spent = [spending for spending in queries.spending_of(project) if not spending.is_in_kind]
    milestones = project.milestones.all()
    return {
        "spent": sum(spending.amount for spending in spent),
        "expenses": project.expenses.count(),
        "milestones": len(milestones),
        "confirmed": sum(milestone.confirmed_at is not None for milestone in milestones),
        "late": sum(
            milestone.confirmed_at is None and term_ends(milestone.due_on) < today
            for milestone in milestones
        ),
        "people": queries.shares_of(project).values("researcher").distinct().count(),
    }


def verdict_name(project: Project) -> str:
    """What the final verdict is called; empty while there is none."""
    verdict = getattr(project, "verdict", None)
    rules = adapter.rules_of(project, "verdict") if verdict else None
    if verdict is None or rules is None:
        return ""
    names = {known.id: known.name.in_language(get_language()) for known in rules.verdicts}
    return names.get(verdict.verdict, verdict.verdict)


def lead_of(project: Project) -> str:
    """The lead organisation's name."""
    return next(
        (str(member) for member in project.members.all() if member.role == MemberRole.LEAD), ""
    )
