"""A project begins: out of its agreement, with its members, budget, milestones and reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction

from dure.apps.agreements.models import Agreement
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.apps.projects import adapter
from dure.apps.projects.kinds import MemberRole, ReportKind
from dure.apps.projects.models import BudgetLine, Member, Milestone, Project, Report

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
        *(each for each in yearly if each.due_on < project.ends_on),
        Report(project=project, kind=ReportKind.FINAL, due_on=final),
        Report(project=project, kind=ReportKind.SPENDING, due_on=money),
    ]
