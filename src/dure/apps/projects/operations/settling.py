"""Settlement: opened, marked row by row, answered, decided, concluded to the won."""

from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import Organisation, User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import MemberRole, RecoveryCause
from dure.apps.projects.models import (
    Expense,
    Mark,
    Member,
    Project,
    Recovery,
    SampledRow,
    Settlement,
)
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
    until = queries.settled_until(project)
    settlement = _opened(project, by, at, begins_on=until + timedelta(days=1) if until else None)
    project.stage = ProjectStage.SETTLING
    project.save(update_fields=["stage"])
    return settlement


@transaction.atomic
def settle_stage(*, project: Project, by: User, at: datetime) -> Settlement:
    """Begin the settlement of the next stage that is over; what was spent in it stands still, and the
    project goes on. Raises Refused.
    """
    project = locked(project)
    permissions.may_settle_stage(by, project, localdate(at)).require()
    until = queries.settled_until(project)
    return _opened(
        project, by, at,
        begins_on=until + timedelta(days=1) if until else None,
        ends_on=queries.next_stage_to_settle(project),
        of_stage=1 + project.settlements.count(),
    )  # fmt: skip


def _opened(project: Project, by: User, at: datetime, **period: Any) -> Settlement:
    """A settlement that is opened, with its sample, of which everybody concerned is told."""
    rules = adapter.rules_of(project, "settlement")
    drawn = queries.drawn_as(project)
    settlement = Settlement.objects.create(
        project=project,
        opened_by=by,
        opened_at=at,
        due_on=localdate(at) + relativedelta(months=rules.report_months),
        is_sampled=adapter.is_small(project),
        **period,
    )
    if settlement.is_sampled and (drawn is None or drawn.why):
        _draw(settlement, localdate(at))
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
    settlement = _in_work(project)
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
    settlement = _in_work(project)
    if Mark.objects.filter(settlement=settlement, expense=expense).exists():
        raise Refused(Reason.ANSWERED_MEANWHILE)
    mark = Mark.objects.create(
        settlement=settlement,
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
    settlement = _in_work(project)
    try:
        settlement.result = computed(settlement)
    except UnsettledAccount as error:
        raise Refused(Reason.OUT_OF_RANGE, field=error.field) from error
    if settlement.is_sampled:
        settlement.result["sample"] = {
            "seed": settlement.seed,
            "rows": settlement.sample.count(),
            "of": queries.settled_in(settlement, project.expenses.all()).count(),
        }
    settlement.disallowed_in_kind = settlement.result["disallowed_in_kind"]
    settlement.concluded_by, settlement.concluded_at = by, at
    settlement.save()
    posting.give_back(settlement, by=by, at=at)
    record_settlement(settlement, by=by, at=at)
    if settlement.ends_on is None:
        project.stage = ProjectStage.SETTLED
        project.save(update_fields=["stage"])
    back = due_back(settlement)
    if back > 0:
        rules = adapter.rules_of(project, "settlement")
        due = localdate(at) + timedelta(days=rules.pay_days)
        demand(
            project, RecoveryCause.SETTLEMENT, back, due,
            of_stage=settlement.of_stage, by=by, at=at,
        )  # fmt: skip
    announce(project, "SETTLED", firm_people(project), by=by, at=at, amount=f"{back:,}")
    return settlement


def due_back(settlement: Settlement) -> int:
    """What a concluded settlement says is to come back, in won: recovered and to be paid in."""
    return int(settlement.result["recovered"] + settlement.result["to_pay"])


def computed(settlement: Settlement) -> dict[str, Any]:
    """A settlement as it stands now. Raises UnsettledAccount.

    In kind is shown by those who spend; what others give in kind is confirmed as it comes in. What
    came over from the stage before belongs to the account and to no rate of the plan (GL 14.다.2).
    """
    project = settlement.project
    money = adapter.stage_money(
        settlement, project.members.all(), queries.budget_of(project), agreed_before(settlement)
    )
    sums = adapter.plan_against_actual(
        money.plan, queries.spending_of(project, settlement=settlement)
    )
    cash = [line_sum for line_sum in sums if not line_sum.is_in_kind]
    missing = in_kind_shortfall(
        agreed=money.in_kind,
        shown=sum(line_sum.spent - line_sum.disallowed for line_sum in sums if line_sum.is_in_kind),
        accepted_cash=sum(line_sum.spent - line_sum.disallowed for line_sum in cash),
        planned_cash=sum(line_sum.planned for line_sum in cash),
    )
    adjusted = adapter.adjustments_of(project, sums)
    carried = carried_into(settlement)
    account = adapter.account_of(money, sums, sum(adjusted.values()), missing, carried)
    lines = carried_lines(settlement) if settlement.ends_on else {}
    result = adapter.settled(project, account, sum(lines.values()))
    result["carried"]["lines"] = lines
    result["agreed"] = money.agreed
    result["carried_in"] = {"grant": carried.grant, "own": carried.own}
    return {**result, "adjustments": adjusted}


def agreed_before(settlement: Settlement) -> list[dict[str, int]] | None:
    """What the settlements of the stages before said was agreed for them; None for the first."""
    if settlement.begins_on is None:
        return None
    earlier = settlement.project.settlements.filter(ends_on__lt=settlement.begins_on)
    return [settled.result["agreed"] for settled in earlier]


def carried_into(settlement: Settlement) -> adapter.Carried:
    """What came over into a stage from the settlement of the stage before."""
    if settlement.begins_on is None:
        return adapter.Carried()
    before = Settlement.objects.filter(
        project=settlement.project, ends_on=settlement.begins_on - timedelta(days=1)
    ).first()
    return adapter.Carried.out_of(before.result) if before else adapter.Carried()


def carried_lines(settlement: Settlement) -> dict[str, int]:
    """What goes on to the next stage by "member:line", in won: as allowed, and no more than is left."""
    lines = {}
    for carry_over in queries.carried_out_of(settlement.project, settlement.ends_on):
        won = min(carry_over.allowed or 0, left_on(carry_over.member, carry_over.line, settlement))
        if won > 0:
            lines[f"{carry_over.member_id}:{carry_over.line}"] = won
    return lines


def left_on(member: Member, line: str, settlement: Settlement) -> int:
    """What is left in cash on a line of a member in the stage of a settlement, in won."""
    plan = adapter.stage_money(settlement, [member], queries.budget_of(settlement.project, member))
    spent = queries.spending_of(settlement.project, member, settlement)
    over = carried_into(settlement).lines.get(f"{member.pk}:{line}", 0)
    planned = sum(row.amount for row in plan.plan if row.line == line and not row.is_in_kind)
    used = sum(row.amount for row in spent if row.line == line and not row.is_in_kind)
    return max(planned + over - used, 0)


def demand(
    project: Project,
    cause: RecoveryCause,
    amount: int,
    due: date,
    *,
    by: User,
    at: datetime,
    of_stage: int = 0,
    interest_on: Recovery | None = None,
) -> Recovery:
    """Demand money back from the lead organisation, once for a cause, and tell its people."""
    lead = project.members.filter(role=MemberRole.LEAD).select_related("organisation").get()
    recovery, is_new = Recovery.objects.get_or_create(
        project=project,
        cause=cause,
        of_stage=of_stage,
        interest_on=interest_on,
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
    rows = queries.settled_in(settlement, settlement.project.expenses.all())
    expenses = list(rows.order_by("spent_on", "row_key"))
    settlement.seed = adapter.seed_of(settlement.project, expenses, on)
    settlement.save(update_fields=["seed"])
    SampledRow.objects.bulk_create(
        SampledRow(settlement=settlement, expense=expense, why=why)
        for expense, why in adapter.sampled(settlement.project, expenses, settlement.seed)
    )


def _in_work(project: Project) -> Settlement:
    """The settlement in work, held; the permission has seen that there is one."""
    settlement = Settlement.objects.select_for_update().get(project=project, concluded_at=None)
    settlement.project = project
    return settlement


def _answer_by(project: Project, at: datetime) -> date:
    rules = adapter.rules_of(project, "settlement")
    return localdate(at) + timedelta(days=rules.answer_days if rules else ANSWER_DAYS)


def _held(mark: Mark, revision: int) -> Mark:
    """A marked row as it is now, if it is as its reader saw it. Raises Refused."""
    project = locked(mark.settlement.project)
    held = Mark.objects.select_for_update(of=("self",)).select_related("settlement", "expense")
    current = held.get(pk=mark.pk)
    current.settlement.project = project
    if current.revision != revision:
        raise Refused(Reason.ANSWERED_MEANWHILE)
    return current


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
