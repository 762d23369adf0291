"""Lists of projects as workbooks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.projects.models import Expense, Project, Recovery, means_of_payment
from dure.apps.projects.presenters.expenses import purpose_names
from dure.apps.projects.presenters.overview import lead_of, plan_rows


def projects_sheet(projects: Iterable[Project]) -> dict[str, Any]:
    """Projects, one in a row."""
    headers = [
        *(_("Number"), _("Title"), _("Programme"), _("Lead organisation")),
        *(_("Begins"), _("Ends"), _("Status"), _("Grant (won)")),
    ]
    rows = [
        [
            project.number, project.title, str(project.version.programme), lead_of(project),
            project.begins_on, project.ends_on, project.get_stage_display(),
            sum(member.grant for member in project.members.all()),
        ]
        for project in projects
    ]  # fmt: skip
    return {"title": _("Projects"), "headers": headers, "rows": rows}


def expenses_sheet(project: Project, expenses: Iterable[Expense]) -> dict[str, Any]:
    """Expenses, one in a row, in the order of a ledger."""
    names, means = purpose_names(project), dict(means_of_payment())
    headers = [
        *(_("Day"), _("Time of day"), _("Organisation"), _("Purpose"), _("Budget line")),
        *(_("Payee"), _("Business number of the payee"), _("For what"), _("Paid by")),
        *(_("Amount with VAT (won)"), _("VAT in it (won)"), _("Approval number"), _("From")),
        *(_("Files"), _("Will be disallowed (won)"), _("Decision"), _("Disallowed (won)")),
        *(_("Justification"), _("Reason")),
    ]
    rows = [
        [
            expense.spent_on, expense.spent_at.strftime("%H:%M") if expense.spent_at else "",
            str(expense.member), names.get(expense.purpose, ""), expense.line,
            expense.payee, expense.payee_number, expense.what, means.get(expense.paid_by, expense.paid_by),
            expense.amount, expense.vat, expense.number, expense.get_source_display(),
            ", ".join(file.name for file in expense.evidence.all()),
            expense.expected, expense.get_decision_display(), expense.disallowed,
            expense.justification, expense.decision_note,
        ]
        for expense in expenses
    ]  # fmt: skip
    return {"title": _("Expenses"), "headers": headers, "rows": rows}


def plan_sheet(project: Project) -> dict[str, Any]:
    """Plan against actual by budget line."""
    headers = [
        *(_("Budget line"), _("In kind"), _("Planned (won)"), _("Spent (won)")),
        *(_("Disallowed (won)"), _("Left (won)")),
    ]
    rows = [
        [
            row["name"], _("In kind") if row["sum"].is_in_kind else "", row["sum"].planned,
            row["sum"].spent, row["sum"].disallowed, row["sum"].left,
        ]
        for row in plan_rows(project)
    ]  # fmt: skip
    return {"title": _("Plan against actual"), "headers": headers, "rows": rows}


def recoveries_sheet(recoveries: Iterable[Recovery], today: date) -> dict[str, Any]:
    """Recoveries, one in a row, with what is open and for how long."""
    headers = [
        *(_("Project"), _("Who pays"), _("Cause"), _("Status"), _("Notified"), _("Due")),
        *(_("Amount (won)"), _("Open (won)"), _("Days late")),
    ]
    rows = [
        [
            str(recovery.project), str(recovery.organisation), recovery.get_cause_display(),
            recovery.get_stage_display(), recovery.notified_on, recovery.due_on,
            recovery.amount, recovery.open, recovery.age(today),
        ]
        for recovery in recoveries
    ]  # fmt: skip
    return {"title": _("Recoveries"), "headers": headers, "rows": rows}
