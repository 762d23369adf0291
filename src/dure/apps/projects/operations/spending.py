"""Filing expenses with their evidence, justifying and deciding them, and the time of people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import connection, transaction

from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import Decision
from dure.apps.projects.models import Evidence, Expense, Member, Participation, Project
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import kept, locked
from dure.apps.projects.operations.telling import announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.engines.spending import disallowed_of
from dure.foundation.verdict import Refused

FIELDS = (
    *("line", "purpose", "spent_on", "spent_at", "amount", "vat", "payee", "payee_number"),
    *("relation", "paid_by", "what", "shop", "number", "answers"),
)


@transaction.atomic
def file_expense(
    *,
    member: Member,
    values: dict[str, Any],
    key: str,
    by: User,
    at: datetime,
    files: Sequence[File] = (),
    kind: str = "other",
) -> Expense:
    """File an expense of an organisation, with its evidence of one `kind`. Raises Refused.

    `key` is the form's own: what is sent twice is filed once.
    """
    project = locked(member.project)
    member.project = project
    permissions.may_spend(by, member).require()
    known = Expense.objects.filter(project=project, row_key=key).first()
    if known is not None:
        return known
    expense = Expense(project=project, member=member, row_key=key, created_by=by, created_at=at)
    _fill(expense, values)
    _require_open_stage(expense)
    expense.save()
    _keep(expense, files, kind, by, at)
    posting.spend(project, [expense], by=by, at=at)
    return rejudge(expense)


@transaction.atomic
def change_expense(*, expense: Expense, values: dict[str, Any], by: User, at: datetime) -> Expense:
    """Correct an expense on which nothing was decided. Raises Refused."""
    expense = _held(expense)
    permissions.may_change(by, expense).require()
    was = posting.Use.of(expense)
    _fill(expense, values)
    _require_open_stage(expense)
    expense.expected, expense.broken = 0, []  # judged anew below
    expense.save()
    becomes = posting.Use.of(expense)
    posting.change_use(expense.project, expense.subject, was, becomes, by=by, at=at)
    return rejudge(expense)


@transaction.atomic
def remove_expense(*, expense: Expense, by: User, at: datetime) -> None:
    """Take back an expense on which nothing was decided; its history stays. Raises Refused."""
    expense = _held(expense)
    permissions.may_change(by, expense).require()
    was, cause = posting.Use.of(expense), expense.subject
    expense.delete()
    posting.change_use(expense.project, cause, was, None, by=by, at=at)


@transaction.atomic
def add_evidence(
    *, expense: Expense, files: Sequence[File], kind: str, by: User, at: datetime
) -> Expense:
    """Add files to an expense. Raises Refused."""
    expense = _held(expense)
    permissions.may_add_evidence(by, expense).require()
    _keep(expense, files, kind, by, at)
    return rejudge(expense)


@transaction.atomic
def justify(*, expense: Expense, text: str, by: User, at: datetime) -> Expense:
    """Say why an expense should count; who decides is told. Raises Refused."""
    expense = _held(expense)
    permissions.may_justify(by, expense).require()
    if not text:
        raise Refused(Reason.SAY_WHY)
    expense.justification = text
    expense.save(update_fields=["justification"])
    project = expense.project
    announce(
        project, "JUSTIFIED", [project.officer], by=by, at=at,
        what=str(expense), url=expense.get_absolute_url(),
    )  # fmt: skip
    return expense


@transaction.atomic
def decide(
    *, expense: Expense, decision: str, amount: int, note: str, by: User, at: datetime
) -> Expense:
    """Allow an expense, or disallow `amount` won of it. Raises Refused."""
    expense = _held(expense)
    permissions.may_decide(by, expense).require()
    if not note:
        raise Refused(Reason.SAY_WHY)
    is_no = decision == Decision.DISALLOWED
    if is_no and not 0 < amount <= expense.amount:
        raise Refused(Reason.OUT_OF_RANGE)
    expense.decision = Decision(decision)
    expense.disallowed = amount if is_no else 0
    expense.decision_note, expense.decided_by, expense.decided_at = note, by, at
    expense.save()
    announce(
        expense.project, "EXPENSE_DECIDED", firm_people(expense.project), by=by, at=at,
        what=str(expense), url=expense.get_absolute_url(),
    )  # fmt: skip
    return expense


@transaction.atomic
def name_share(
    *,
    member: Member,
    researcher: str,
    name: str,
    month: date,
    percent: int,
    month_pay: int,
    by: User,
) -> Participation:
    """Say how much of a month a person gives; over all projects at most 100 %. Raises Refused."""
    project = locked(member.project)
    member.project = project
    permissions.may_spend(by, member).require()
    month = month.replace(day=1)
    with connection.cursor() as cursor:  # two projects of one person are entered one by one
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 17))", [researcher])
    known = Participation.objects.filter(member=member, researcher=researcher, month=month).first()
    if queries.total_share(researcher, month, exclude=known) + percent > 100:
        raise Refused(Reason.OVER_ALL_TIME)
    share = known or Participation(member=member, researcher=researcher, month=month)
    share.name, share.percent, share.month_pay = name, percent, month_pay
    share.save()
    return share


def rejudge(expense: Expense) -> Expense:
    """Hold an expense against the rules as it is now, with its evidence."""
    findings = adapter.judged(expense, expense.evidence_kinds, queries.parts_of(expense))
    expense.expected = disallowed_of(findings)
    expense.broken = [finding.rule for finding in findings]
    expense.save(update_fields=["expected", "broken"])
    return expense


def _held(expense: Expense) -> Expense:
    project = locked(Project(pk=expense.project_id))
    held = Expense.objects.select_for_update(of=("self",)).select_related("member__organisation")
    current = held.get(pk=expense.pk)
    current.project = current.member.project = project
    return current


def _require_open_stage(expense: Expense) -> None:
    """Raise Refused where the stage of its day is in settlement or settled."""
    if queries.settlement_of(expense):
        raise Refused(Reason.STAGE_IN_SETTLEMENT, field="spent_on")


def _fill(expense: Expense, values: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(expense, name, values[name])
    rules = adapter.rules_of(expense.project, "spending")
    if expense.purpose and rules is not None:
        lines = {purpose.id: purpose.line for purpose in rules.purposes}
        expense.line = lines.get(expense.purpose, expense.line)


def _keep(expense: Expense, files: Sequence[File], kind: str, by: User, at: datetime) -> None:
    for file in files:
        Evidence.objects.create(expense=expense, kind=kind, **kept(file, by=by, at=at))
