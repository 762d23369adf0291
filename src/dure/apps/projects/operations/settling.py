"""Settlement: opened, marked row by row, answered, decided, concluded to the won."""

from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import Organisation, User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import SPENDERS, MemberRole, RecoveryCause
from dure.apps.projects.models import Expense, Mark, Project, Recovery, SampledRow, Settlement
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.recording import record_settlement
from dure.apps.projects.operations.telling import accountants, announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import MarkStage, ProjectStage
from dure.engines.funding import UnsettledAccount, in_kind_shortfall
from dure.foundation.verdict import Refused

ANSWER_DAYS = 10


@transaction.atomic
def name_accountant(*, project: Project, firm: Organisation, by: User) -> Project:
    """Name the accounting firm that examines a project. Raises Refused."""
    project = locked(project)
    permissions.may_name_accountant(by, project).require()
    if project.members.filter(organisation=firm).exists():
        raise Refused(Reason.ACCOUNTANT_TAKES_PART)
    project.accountant = firm
    project.save(update_fields=["accountant"])
    return project


@transaction.atomic
def open_settlement(*, project: Project, by: User, at: datetime) -> Settlement:
    """Begin the settlement: expenses stand still from now on. Raises Refused."""
    project = locked(project)
    permissions.may_open_settlement(by, project).require()
    rules = adapter.rules_of(project, "settlement")
    if rules is None:
        raise Refused(Reason.NO_RULES)
    settlement = Settlement.objects.create(
        project=project,
        opened_by=by,
        opened_at=at,
        due_on=localdate(at) + relativedelta(months=rules.report_months),
        is_sampled=adapter.is_small(project),
    )
    if settlement.is_sampled:
        _draw(settlement, localdate(at))
    project.stage = ProjectStage.SETTLING
    project.save(update_fields=["stage"])
    announce(
        project, "SETTLEMENT", [*firm_people(project), *accountants(project)], by=by, at=at,
        until=settlement.due_on.isoformat(),
    )  # fmt: skip
    return settlement


@transaction.atomic
def examine_all(*, project: Project, reason: str, by: User) -> Settlement:
    """Let every row be examined although the project is small, such as after what the sample showed.

    Raises Refused.
    """
    project = locked(project)
    permissions.may_examine_all(by, project).require()
    if not reason:
        raise Refused(Reason.SAY_WHY)
    settlement = Settlement.objects.select_for_update().get(project=project)
    settlement.is_sampled, settlement.why_whole = False, reason
    settlement.save(update_fields=["is_sampled", "why_whole"])
    return settlement


@transaction.atomic
def mark_row(*, expense: Expense, amount: int, question: str, by: User, at: datetime) -> Mark:
    """Ask about a row; the firm answers within the days of the rule. Raises Refused.

    A row is marked once: whoever comes second is refused.
    """
    project = expense.project = locked(expense.project)
    permissions.may_mark_row(by, expense).require()
    if not question:
        raise Refused(Reason.SAY_WHY)
    if not 0 < amount <= expense.amount:
        raise Refused(Reason.OUT_OF_RANGE)
    if Mark.objects.filter(settlement=project.settlement, expense=expense).exists():
        raise Refused(Reason.ANSWERED_MEANWHILE)
    mark = Mark.objects.create(
        settlement=project.settlement,
        expense=expense,
        amount=amount,
        question=question,
        due_on=_answer_by(project, at),
        marked_by=by,
        marked_at=at,
    )
    _tell_of(mark, "MARKED", firm_people(project), by, at)
    return mark


@transaction.atomic
def answer_mark(*, mark: Mark, answer: str, revision: int, by: User, at: datetime) -> Mark:
    """Answer a marked row, which returns it to the accountant. Raises Refused.

    `revision` is what the writer saw: where somebody else answered meanwhile, theirs stands.
    """
    mark = _held(mark, revision)
    permissions.may_answer(by, mark).require()
    if not answer:
        raise Refused(Reason.SAY_WHY)
    mark.answer, mark.answered_by, mark.answered_at = answer, by, at
    _move(mark, MarkStage.ANSWERED)
    _tell_of(mark, "ANSWERED", accountants(mark.settlement.project), by, at)
    return mark


@transaction.atomic
def judge_mark(
    *, mark: Mark, stage: str, amount: int, note: str, revision: int, by: User, at: datetime
) -> Mark:
    """Accept a marked row, disallow `amount` won of it, or ask again (OPEN). Raises Refused."""
    mark = _held(mark, revision)
    permissions.may_judge(by, mark).require()
    if not note:
        raise Refused(Reason.SAY_WHY)
    project = mark.settlement.project
    if stage == MarkStage.OPEN:
        if mark.stage != MarkStage.ANSWERED:
            raise Refused(Reason.STAGE_CLOSED)
        mark.question = f"{mark.question}\n{note}"[-2000:]
        mark.due_on = _answer_by(project, at)
        _move(mark, MarkStage.OPEN)
        _tell_of(mark, "MARKED", firm_people(project), by, at)
        return mark
    if stage == MarkStage.UPHELD:
        if not 0 < amount <= mark.expense.amount:
            raise Refused(Reason.OUT_OF_RANGE)
        mark.amount = amount
    elif stage != MarkStage.DROPPED:
        raise Refused(Reason.STAGE_CLOSED)
    mark.note, mark.decided_by, mark.decided_at = note, by, at
    _move(mark, MarkStage(stage))
    return mark


@transaction.atomic
def conclude(*, project: Project, by: User, at: datetime) -> Settlement:
    """Compute the settlement and send out what it says. Raises Refused."""
    project = locked(project)
    permissions.may_conclude(by, project).require()
    settlement = Settlement.objects.select_for_update().get(project=project)
    try:
        settlement.result = computed(project)
    except UnsettledAccount as error:
        raise Refused(Reason.OUT_OF_RANGE, field=error.field) from error
    if settlement.is_sampled:
        settlement.result["sample"] = {
            "seed": settlement.seed,
            "rows": settlement.sample.count(),
            "of": project.expenses.count(),
        }
    settlement.disallowed_in_kind = settlement.result["disallowed_in_kind"]
    settlement.concluded_by, settlement.concluded_at = by, at
    settlement.save()
    settlement.project = project
    posting.give_back(settlement, by=by, at=at)
    record_settlement(settlement, by=by, at=at)
    project.stage = ProjectStage.SETTLED
    project.save(update_fields=["stage"])
    back = settlement.result["recovered"] + settlement.result["to_pay"]
    if back > 0:
        rules = adapter.rules_of(project, "settlement")
        due = localdate(at) + timedelta(days=rules.pay_days)
        demand(project, RecoveryCause.SETTLEMENT, back, due, by=by, at=at)
    announce(project, "SETTLED", firm_people(project), by=by, at=at, amount=f"{back:,}")
    return settlement


def computed(project: Project) -> dict[str, Any]:
    """The settlement of a project as it stands now. Raises UnsettledAccount.

    In kind is shown by those who spend; what others give in kind is confirmed as it comes in.
    """
    members = list(project.members.all())
    sums = adapter.plan_against_actual(queries.budget_of(project), queries.spending_of(project))
    cash = [each for each in sums if not each.is_in_kind]
    missing = in_kind_shortfall(
        agreed=sum(member.own_in_kind for member in members if member.role in SPENDERS),
        shown=sum(each.spent - each.disallowed for each in sums if each.is_in_kind),
        accepted_cash=sum(each.spent - each.disallowed for each in cash),
        planned_cash=sum(each.planned for each in cash),
    )
    adjusted = adapter.adjustments_of(project, sums)
    account = adapter.account_of(members, sums, sum(adjusted.values()), missing)
    return {**adapter.settled(project, account), "adjustments": adjusted}


def demand(
    project: Project, cause: RecoveryCause, amount: int, due: date, *, by: User, at: datetime
) -> Recovery:
    """Demand money back from the lead organisation, once for a cause, and tell its people."""
    lead = project.members.filter(role=MemberRole.LEAD).select_related("organisation").get()
    recovery, is_new = Recovery.objects.get_or_create(
        project=project,
        cause=cause,
        defaults={
            "organisation": lead.organisation,
            "amount": amount,
            "notified_on": localdate(at),
            "due_on": due,
        },
    )
    if is_new:
        posting.claim(recovery, by=by, at=at)
    announce(
        project, "RECOVERY", firm_people(project), by=by, at=at,
        amount=f"{amount:,}", until=due.isoformat(),
    )  # fmt: skip
    return recovery


def _draw(settlement: Settlement, on: date) -> None:
    """Draw the sample. Its seed comes of what nobody chooses: the number of the project, the day, and
    how many rows and won there are now that expenses stand still."""
    expenses = list(settlement.project.expenses.order_by("spent_on", "row_key"))
    settlement.seed = adapter.seed_of(settlement.project, expenses, on)
    settlement.save(update_fields=["seed"])
    SampledRow.objects.bulk_create(
        SampledRow(settlement=settlement, expense=expense, why=why)
        for expense, why in adapter.sampled(settlement.project, expenses, settlement.seed)
    )


def _answer_by(project: Project, at: datetime) -> date:
    rules = adapter.rules_of(project, "settlement")
    return localdate(at) + timedelta(days=rules.answer_days if rules else ANSWER_DAYS)


def _held(mark: Mark, revision: int) -> Mark:
    """A marked row as it is now, if it is as its reader saw it. Raises Refused."""
    project = locked(mark.settlement.project)
    held = Mark.objects.select_for_update(of=("self",)).select_related("settlement", "expense")
    found = held.get(pk=mark.pk)
    found.settlement.project = project
    if found.revision != revision:
        raise Refused(Reason.ANSWERED_MEANWHILE)
    return found


def _move(mark: Mark, stage: MarkStage) -> None:
    mark.stage, mark.revision = stage, mark.revision + 1
    mark.save()


def _tell_of(mark: Mark, event: str, to: Any, by: User, at: datetime) -> None:
    project = mark.settlement.project
    url = f"{project.get_absolute_url()}settlement/#row-{mark.pk}"
    announce(
        project, event, to, by=by, at=at, url=url,
        what=str(mark.expense), until=mark.due_on.isoformat(),
    )  # fmt: skip
