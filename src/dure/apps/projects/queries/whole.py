"""The parts of one project that a reader sees; a reader of None sees all of it (the command line)."""

from django.db.models import QuerySet

from dure.apps.people.queries import Reader
from dure.apps.projects.models import Expense, Mark, Project, Recovery
from dure.apps.projects.queries.projects import (
    expenses_visible_to,
    marks_visible_to,
    recoveries_visible_to,
)


def expenses_in(project: Project, reader: Reader | None) -> QuerySet[Expense]:
    """Its expenses in the order of days."""
    expenses = Expense.objects.filter(project=project)
    if reader is not None:
        expenses = expenses.filter(pk__in=expenses_visible_to(reader).values("pk"))
    return expenses.prefetch_related("evidence").order_by("spent_on", "row_key")


def marks_in(project: Project, reader: Reader | None) -> QuerySet[Mark]:
    """The rows of its settlement that were marked."""
    marks = Mark.objects.filter(settlement__project=project)
    if reader is not None:
        marks = marks.filter(pk__in=marks_visible_to(reader).values("pk"))
    return marks.select_related("expense").order_by("expense__spent_on", "expense__row_key")


def recoveries_in(project: Project, reader: Reader | None) -> QuerySet[Recovery]:
    """What has to come back of it."""
    recoveries = Recovery.objects.filter(project=project)
    if reader is not None:
        recoveries = recoveries.filter(pk__in=recoveries_visible_to(reader).values("pk"))
    return (
        recoveries.select_related("organisation")
        .prefetch_related("payments")
        .order_by("notified_on", "cause")
    )
