"""A project whole: every table of it, as a tabular data package (Frictionless) and as a workbook.

Amounts are whole won, days are days in Korea. Persons are not named.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.people.queries import Reader
from dure.apps.projects import adapter, queries
from dure.apps.projects.kinds import PACKAGE
from dure.apps.projects.models import Project
from dure.apps.projects.presenters.overview import verdict_name
from dure.foundation.data_packages import Rows, Table, as_workbook, package

Filled = tuple[Table, Rows]


def project_package(project: Project, reader: Reader | None, *, at: datetime) -> bytes:
    """A ZIP file of `datapackage.json` and a CSV file for each table; a reader of None sees all."""
    title = f"{project.number} {project.title}"
    return package("dure-project", title, list(tables_of(project, reader)), at)


def project_workbook(project: Project, reader: Reader | None) -> bytes:
    """The same as an Excel file with a sheet for each table."""
    return as_workbook(list(tables_of(project, reader)))


def tables_of(project: Project, reader: Reader | None) -> Iterator[Filled]:
    """The tables of a project, then those that other apps add."""
    places = {pk: place for place, pk in enumerate(project.members.values_list("pk", flat=True), 1)}
    yield _project(project)
    yield _members(project, places)
    yield _budget(project, places)
    yield _expenses(project, places, reader)
    yield _settlement(project)
    yield _marks(project, reader)
    yield _carry_overs(project, places, reader)
    yield _objections(project)
    yield _recoveries(project, reader)
    yield _repayments(project, reader)
    yield _milestones(project)
    yield _reports(project)
    yield _follow_ups(project)
    for tables in PACKAGE:
        yield from tables(project, reader)


def _project(project: Project) -> Filled:
    verdict = getattr(project, "verdict", None)
    fields = (
        ("number", "string", _("Number")),
        ("title", "string", _("Title")),
        ("programme", "string", _("Programme")),
        ("agreed_on", "date", _("Agreed")),
        ("begins_on", "date", _("Begins")),
        ("ends_on", "date", _("Ends")),
        ("stage", "string", _("Status")),
        ("verdict", "string", _("Final verdict")),
        ("score", "integer", _("Score")),
    )
    row = [
        project.number, project.title, project.version.programme.slug, project.agreed_on,
        project.begins_on, project.ends_on, str(project.get_stage_display()), verdict_name(project),
        verdict.score if verdict else None,
    ]  # fmt: skip
    return Table("project", _("Project"), fields, ("number",)), [row]


def _members(project: Project, places: dict[int, int]) -> Filled:
    fields = (
        ("member", "integer", _("Member")),
        ("role", "string", _("Role")),
        ("name", "string", _("Organisation")),
        ("business_number", "string", _("Business registration number")),
        ("grant", "integer", _("Grant (won)")),
        ("own_cash", "integer", _("Own cash (won)")),
        ("own_in_kind", "integer", _("Own share in kind (won)")),
        ("top_up", "integer", _("Top-up (won)")),
    )
    rows = [
        [
            places[member.pk], str(member.get_role_display()), member.organisation.name,
            member.organisation.business_number or "", member.grant, member.own_cash, member.own_in_kind,
            member.top_up,
        ]
        for member in project.members.select_related("organisation")
    ]  # fmt: skip
    return Table("members", _("Who takes part"), fields, ("member",)), rows


def _budget(project: Project, places: dict[int, int]) -> Filled:
    fields = (
        ("member", "integer", _("Member")),
        ("year", "integer", _("Year")),
        ("line", "string", _("Budget line")),
        ("name", "string", _("What it is called")),
        ("form", "string", _("Cash or in kind")),
        ("won", "integer", _("Amount (won)")),
    )
    rows = [
        [
            places[budget_line.member_id], budget_line.year, budget_line.line,
            adapter.line_name(project, budget_line.line, get_language()), _form(budget_line.is_in_kind), budget_line.amount,
        ]
        for budget_line in queries.budget_of(project)
    ]  # fmt: skip
    key = ("member", "year", "line", "form")
    return Table("budget", _("Agreed plan"), fields, key, _of_member()), rows


def _expenses(project: Project, places: dict[int, int], reader: Reader | None) -> Filled:
    fields = (
        ("id", "string", _("Row")),
        ("member", "integer", _("Member")),
        ("day", "date", _("Day")),
        ("line", "string", _("Budget line")),
        ("purpose", "string", _("Purpose")),
        ("payee", "string", _("Payee")),
        ("payee_number", "string", _("Business number of the payee")),
        ("what", "string", _("For what")),
        ("paid_by", "string", _("Paid by")),
        ("won", "integer", _("Amount with VAT (won)")),
        ("vat", "integer", _("VAT in it (won)")),
        ("approval", "string", _("Approval number")),
        ("source", "string", _("From")),
        ("files", "integer", _("Files")),
        ("expected", "integer", _("Will be disallowed (won)")),
        ("decision", "string", _("Decision")),
        ("disallowed", "integer", _("Disallowed (won)")),
    )
    rows = (
        [
            expense.row_key, places[expense.member_id], expense.spent_on, expense.line, expense.purpose, expense.payee,
            expense.payee_number, expense.what, expense.paid_by, expense.amount, expense.vat, expense.number,
            expense.source, len(expense.evidence.all()), expense.expected, expense.decision, expense.disallowed,
        ]
        for expense in queries.expenses_in(project, reader)
    )  # fmt: skip
    return Table("expenses", _("Expenses"), fields, ("id",), _of_member()), rows


def _settlement(project: Project) -> Filled:
    fields = (
        ("stage", "integer", _("Stage")),
        ("step", "string", _("Step of the sum")),
        ("value", "string", _("Value")),
    )
    rows = [
        [settlement.of_stage, *step]
        for settlement in project.settlements.all()
        for step in _steps(settlement.result)
    ]
    return Table("settlement", _("Settlement"), fields, ("stage", "step")), rows


def _steps(result: dict[str, Any]) -> Iterator[list[str]]:
    for name, value in result.items():
        if isinstance(value, dict):
            yield from (
                [f"{name}.{inner}", str(inner_value)] for inner, inner_value in value.items()
            )
        else:
            yield [name, str(value)]


def _marks(project: Project, reader: Reader | None) -> Filled:
    fields = (
        ("expense", "string", _("Row")),
        ("won", "integer", _("Amount in question (won)")),
        ("question", "string", _("Question")),
        ("answer", "string", _("Answer")),
        ("stage", "string", _("Status")),
        ("note", "string", _("Reason")),
        ("due_on", "date", _("Due")),
    )
    rows = [
        [
            mark.expense.row_key, mark.amount, mark.question, mark.answer,
            str(mark.get_stage_display()), mark.note, mark.due_on,
        ]
        for mark in queries.marks_in(project, reader)
    ]  # fmt: skip
    refers = (("expense", "expenses", "id"),)
    return Table("marked_rows", _("Marked rows"), fields, ("expense",), refers), rows


def _carry_overs(project: Project, places: dict[int, int], reader: Reader | None) -> Filled:
    fields = (
        ("member", "integer", _("Member")),
        ("ends_on", "date", _("Last day of the stage")),
        ("line", "string", _("Budget line")),
        ("won", "integer", _("Amount (won)")),
        ("allowed", "integer", _("Allowed (won)")),
        ("reason", "string", _("Reason")),
        ("note", "string", _("Reason of the decision")),
    )
    rows = [
        [
            places[carry_over.member_id], carry_over.ends_on, carry_over.line, carry_over.amount, carry_over.allowed, carry_over.reason,
            carry_over.note,
        ]
        for carry_over in queries.carry_overs_in(project, reader)
    ]  # fmt: skip
    key = ("member", "ends_on", "line")
    return Table("carry_overs", _("Carried over"), fields, key, _of_member()), rows


def _objections(project: Project) -> Filled:
    fields = (
        ("stage", "integer", _("Stage")),
        ("raised_at", "datetime", _("Raised")),
        ("grounds", "string", _("Grounds")),
        ("panel", "string", _("Who heard the objection")),
        ("decision", "string", _("Decision")),
        ("decided_at", "datetime", _("Decided")),
        ("note", "string", _("Reasons of the panel")),
    )
    rows = [
        [
            objection.settlement.of_stage, _moment(objection.raised_at), objection.grounds, "; ".join(objection.panel),
            objection.decision, _moment(objection.decided_at), objection.note,
        ]
        for objection in queries.objections_of(project)
    ]  # fmt: skip
    return Table("objections", _("Objections"), fields, ("stage",)), rows


def _recoveries(project: Project, reader: Reader | None) -> Filled:
    fields = (
        ("id", "integer", _("Recovery")),
        ("cause", "string", _("Cause")),
        ("stage_number", "integer", _("Stage")),
        ("who", "string", _("Who pays")),
        ("won", "integer", _("Amount (won)")),
        ("open", "integer", _("Open (won)")),
        ("notified_on", "date", _("Notified")),
        ("due_on", "date", _("Due")),
        ("stage", "string", _("Status")),
    )
    rows = [
        [
            place, recovery.cause, recovery.of_stage, str(recovery.organisation), recovery.amount, recovery.open,
            recovery.notified_on, recovery.due_on, str(recovery.get_stage_display()),
        ]
        for place, recovery in enumerate(queries.recoveries_in(project, reader), 1)
    ]  # fmt: skip
    return Table("recoveries", _("Recoveries"), fields, ("id",)), rows


def _repayments(project: Project, reader: Reader | None) -> Filled:
    fields = (
        ("recovery", "integer", _("Recovery")),
        ("paid_on", "date", _("Paid")),
        ("won", "integer", _("Amount (won)")),
    )
    rows = [
        [place, payment.paid_on, payment.amount]
        for place, recovery in enumerate(queries.recoveries_in(project, reader), 1)
        for payment in recovery.payments.all()
    ]
    refers = (("recovery", "recoveries", "id"),)
    return Table("repayments", _("Payments"), fields, (), refers), rows


def _milestones(project: Project) -> Filled:
    fields = (
        ("title", "string", _("Milestone")),
        ("due_on", "date", _("Due")),
        ("reported_at", "datetime", _("Reported")),
        ("confirmed_at", "datetime", _("Confirmed")),
        ("text", "string", _("What was reached")),
    )
    rows = [
        [
            milestone.title,
            milestone.due_on,
            _moment(milestone.reported_at),
            _moment(milestone.confirmed_at),
            milestone.text,
        ]
        for milestone in project.milestones.all()
    ]
    return Table("milestones", _("Milestones"), fields), rows


def _reports(project: Project) -> Filled:
    fields = (
        ("kind", "string", _("Report")),
        ("due_on", "date", _("Due")),
        ("submitted_at", "datetime", _("Handed in")),
        ("text", "string", _("What was done")),
        ("problems", "string", _("What went differently")),
    )
    rows = [
        [
            str(report.get_kind_display()), report.due_on, _moment(report.submitted_at), report.text,
            report.problems,
        ]
        for report in project.reports.all()
    ]  # fmt: skip
    return Table("reports", _("Reports"), fields), rows


def _follow_ups(project: Project) -> Filled:
    fields = (
        ("year", "integer", _("Years after the end")),
        ("due_on", "date", _("Due")),
        ("answered_at", "datetime", _("Answered")),
        ("sales", "integer", _("Sales from the result (won)")),
        ("jobs", "integer", _("New jobs")),
        ("successes", "string", _("In which ways it became business")),
        ("promise", "string", _("Promise to buy")),
        ("promise_reason", "string", _("Why not in full")),
    )
    rows = [
        [
            follow_up.year, follow_up.due_on, _moment(follow_up.answered_at), follow_up.sales, follow_up.jobs,
            " ".join(follow_up.successes), follow_up.promise, follow_up.promise_reason,
        ]
        for follow_up in project.follow_ups.all()
    ]  # fmt: skip
    return Table("follow_ups", _("Follow-up"), fields, ("year",)), rows


def _of_member() -> tuple[tuple[str, str, str], ...]:
    return (("member", "members", "member"),)


def _form(is_in_kind: bool) -> str:
    return "in_kind" if is_in_kind else "cash"


def _moment(at: datetime | None) -> str | None:
    """As Frictionless reads moments: in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
