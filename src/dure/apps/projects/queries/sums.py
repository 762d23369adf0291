"""Sums of what was spent and of people's time; ask for the reader's right to the project before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from dure.apps.projects.kinds import Decision
from dure.apps.projects.models import (
    BudgetLine,
    Expense,
    Mark,
    Member,
    Participation,
    Project,
    Settlement,
)
from dure.apps.projects.stages import MarkStage


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent on a line in a year of the project, and of that disallowed, in won."""

    year: int
    line: str
    is_in_kind: bool
    amount: int
    disallowed: int


def spending_of(
    project: Project, member: Member | None = None, settlement: Settlement | None = None
) -> list[Spending]:
    """Everything spent in a project, or by one organisation in it, or of what a settlement is about;
    expense by expense.

    Disallowed is what was decided, or what is upheld of a marked row, whichever is more.
    """
    expenses = Expense.objects.filter(project=project)
    if member is not None:
        expenses = expenses.filter(member=member)
    if settlement is not None:
        expenses = settled_in(settlement, expenses)
    upheld = dict(
        Mark.objects.filter(settlement__project=project, stage=MarkStage.UPHELD).values_list(
            "expense", "amount"
        )
    )
    rows = expenses.values_list(
        "pk", "spent_on", "line", "paid_by", "amount", "decision", "disallowed"
    )
    return [
        Spending(
            project.year_of(spent_on),
            line,
            paid_by == "in_kind",
            amount,
            min(max(decided if decision == Decision.DISALLOWED else 0, upheld.get(pk, 0)), amount),
        )
        for pk, spent_on, line, paid_by, amount, decision, decided in rows.iterator()
    ]


def settled_in(settlement: Settlement, expenses: QuerySet[Expense]) -> QuerySet[Expense]:
    """Those of some expenses that a settlement is about."""
    expenses = expenses.filter(project=settlement.project_id)
    if settlement.begins_on is not None:
        expenses = expenses.filter(spent_on__gte=settlement.begins_on)
    if settlement.ends_on is not None:
        expenses = expenses.filter(spent_on__lte=settlement.ends_on)
    return expenses


def budget_of(project: Project, member: Member | None = None) -> QuerySet[BudgetLine]:
    """The agreed plan of a project, or of one organisation in it."""
    budget_lines = BudgetLine.objects.filter(member__project=project).order_by("year", "pk")
    return budget_lines.filter(member=member) if member is not None else budget_lines


def known_purposes(project: Project) -> dict[str, str]:
    """The purpose that each payee had the last time, by the payee's name."""
    expenses = (
        Expense.objects.filter(project=project).exclude(purpose="").order_by("spent_on", "pk")
    )
    return dict(expenses.values_list("payee", "purpose"))


def parts_of(expense: Expense) -> int:
    """How many payments by card there are of one day to one payee for one purpose."""
    if expense.paid_by == "in_kind" or not expense.purpose:
        return 1
    others = Expense.objects.filter(
        project=expense.project_id,
        spent_on=expense.spent_on,
        payee=expense.payee,
        purpose=expense.purpose,
    ).exclude(pk=expense.pk)
    return 1 + others.count()


def total_share(researcher: str, month: date, exclude: Participation | None = None) -> int:
    """What a person gives of a month over all projects, in percent."""
    participations = Participation.objects.filter(researcher=researcher, month=month)
    if exclude is not None and exclude.pk:
        participations = participations.exclude(pk=exclude.pk)
    return participations.aggregate(total=Sum("percent"))["total"] or 0


def shares_of(project: Project) -> QuerySet[Participation]:
    """The people of a project, month by month, the newest first."""
    return Participation.objects.filter(member__project=project).select_related(
        "member__organisation"
    )


def last_version(project: Project, name: str) -> int:
    """The newest version of a file of this name; 0 where there is none."""
    return project.papers.filter(Q(name=name)).aggregate(last=Max("version"))["last"] or 0


def grant_used(project: Project) -> int:
    """What the government in truth gave, in won: the grant less what the settlements took off it.
    The base of what is recovered and of royalties."""
    whole = sum(member.grant for member in project.members.all())
    return whole - sum(
        int(settlement.result["grant"] - settlement.result["grant_used"])
        for settlement in project.settlements.all()
        if settlement.result
    )
