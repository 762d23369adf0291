"""A project begins: out of its agreement, with its members, budget, milestones and reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.urls import reverse

from dure.apps.agreements.models import Agreement
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.apps.projects import adapter, permissions
from dure.apps.projects.kinds import STAGE_DAYS, MemberRole, ReportKind
from dure.apps.projects.models import BudgetLine, Member, Milestone, Project, Report
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.telling import announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.foundation.verdict import Refused

FINAL_DAYS = 60  # GL 15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agreed plan: year of the project from 1, budget line, won."""

    year: int
    line: str
    amount: int
    is_in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation of the agreement, its money in won and its part of the plan."""

    organisation: Organisation
    role: MemberRole
    grant: int = 0
    own_cash: int = 0
    own_in_kind: int = 0
    top_up: int = 0
    size: str = "small"
    plan: tuple[Line, ...] = ()


@transaction.atomic
def open_project(
    *,
    number: str,
    title: str,
    version: Version,
    agreed_on: date,
    begins_on: date,
    ends_on: date,
    officer: User,
    parties: Sequence[Party],
    milestones: Sequence[tuple[str, date]] = (),
    agreement: Agreement | None = None,
) -> Project:
    """Open the project of an agreement; the same number again gives the one there is.

    Asked for by what signs agreements, where the right to it is judged. A report is due for every
    year that passes, the final one 60 days after the end, that on money as the settlement says.
    """
    project, is_new = Project.objects.get_or_create(
        number=number,
        defaults={
            "title": title,
            "version": version,
            "agreed_on": agreed_on,
            "begins_on": begins_on,
            "ends_on": ends_on,
            "officer": officer,
            "agreement": agreement,
        },
    )
    if not is_new:
        return project
    for party in parties:
        member = Member.objects.create(
            project=project,
            organisation=party.organisation,
            role=party.role,
            grant=party.grant,
            own_cash=party.own_cash,
            own_in_kind=party.own_in_kind,
            top_up=party.top_up,
            size=party.size,
        )
        write_budget(member, party.plan)
    Milestone.objects.bulk_create(
        Milestone(project=project, title=title, due_on=due) for title, due in milestones
    )
    Report.objects.bulk_create(_reports(project))
    return project


def write_budget(member: Member, plan: Sequence[Line]) -> None:
    """Write the agreed plan of an organisation, in place of the one there is."""
    member.budget.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            member=member,
            year=line.year,
            line=line.line,
            is_in_kind=line.is_in_kind,
            amount=line.amount,
        )
        for line in plan
    )


@transaction.atomic
def end_stage(*, project: Project, ends_on: date, by: User, at: datetime) -> Report:
    """Say that a stage (단계) of a project ends on a day; its report is due 30 days before.

    The same day twice is one stage. Raises Refused.
    """
    project = locked(project)
    permissions.may_plan_stages(by, project).require()
    if not project.begins_on < ends_on < project.ends_on:
        raise Refused(Reason.OUT_OF_RANGE)
    due = ends_on - timedelta(days=STAGE_DAYS)
    report, is_new = Report.objects.get_or_create(
        project=project, kind=ReportKind.STAGE, due_on=due
    )
    if is_new:
        announce(
            project, "STAGE_REPORT", firm_people(project), by=by, at=at,
            until=due.isoformat(), url=reverse("projects:report", args=[report.pk]),
        )  # fmt: skip
    return report


def reschedule(project: Project) -> None:
    """Let the reports that are not handed in follow a new last day of the project."""
    open_reports = project.reports.filter(submitted_at=None)
    before_end = (ReportKind.YEARLY, ReportKind.STAGE)
    open_reports.filter(kind__in=before_end, due_on__gte=project.ends_on).delete()
    for report in _reports(project):
        if report.kind not in before_end:
            open_reports.filter(kind=report.kind).update(due_on=report.due_on)


def _reports(project: Project) -> list[Report]:
    yearly = [
        Report(
            project=project,
            kind=ReportKind.YEARLY,
            due_on=project.begins_on + relativedelta(years=year) - timedelta(days=1),
        )
        for year in project.years[:-1]
    ]
    rules = adapter.rules_of(project, "settlement")
    money = project.ends_on + relativedelta(months=rules.report_months if rules else 3)
    final = project.ends_on + timedelta(days=FINAL_DAYS)
    return [
        *(report for report in yearly if report.due_on < project.ends_on),
        Report(project=project, kind=ReportKind.FINAL, due_on=final),
        Report(project=project, kind=ReportKind.SPENDING, due_on=money),
    ]
