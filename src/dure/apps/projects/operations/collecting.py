"""Recovery: payments, instalments, deferral by the rule, and enforcement step by step."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions
from dure.apps.projects.kinds import RecoveryCause
from dure.apps.projects.models import Instalment, Payment, Recovery
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.settling import demand
from dure.apps.projects.operations.telling import announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import RECOVERY_NEXT, RecoveryStage
from dure.foundation.verdict import Refused


@transaction.atomic
def record_payment(
    *, recovery: Recovery, paid_on: date, amount: int, key: str, by: User, at: datetime
) -> Payment:
    """Enter money that came back; the last of it ends the recovery. Raises Refused.

    `key` is the form's own, so that one sent twice counts once.
    """
    recovery = _held(recovery)
    known = recovery.payments.filter(key=key).first()
    if known is not None:
        return known
    permissions.may_collect(by, recovery).require()
    if amount <= 0 or paid_on < recovery.notified_on:
        raise Refused(Reason.OUT_OF_RANGE)
    if amount > recovery.open:
        raise Refused(Reason.MORE_THAN_OPEN)
    payment = Payment.objects.create(
        recovery=recovery, paid_on=paid_on, amount=amount, key=key, entered_by=by, entered_at=at
    )
    payment.recovery = recovery
    posting.take_back(payment, by=by, at=at)
    if not recovery.open:
        recovery.stage = RecoveryStage.PAID
        recovery.save(update_fields=["stage"])
    announce(
        recovery.project, "PAID", firm_people(recovery.project), by=by, at=at, amount=f"{amount:,}"
    )
    return payment


@transaction.atomic
def agree_instalments(
    *, recovery: Recovery, parts: Sequence[tuple[date, int]], by: User
) -> Recovery:
    """Let what is open be paid in parts, which add up to it to the won. Raises Refused."""
    recovery = _held(recovery)
    permissions.may_collect(by, recovery).require()
    if sum(amount for _, amount in parts) != recovery.open:
        raise Refused(Reason.INSTALMENTS_DIFFER)
    days = [due for due, _ in parts]
    in_range = all(amount > 0 for _, amount in parts) and min(days) >= recovery.notified_on
    if len(set(days)) < len(days) or not in_range:
        raise Refused(Reason.OUT_OF_RANGE)
    recovery.instalments.all().delete()
    Instalment.objects.bulk_create(
        Instalment(recovery=recovery, due_on=due, amount=amount) for due, amount in parts
    )
    recovery.due_on = max(days)
    recovery.save(update_fields=["due_on"])
    return recovery


@transaction.atomic
def move_recovery(
    *, recovery: Recovery, stage: str, note: str, until: date | None, by: User, at: datetime
) -> Recovery:
    """Defer a recovery until a day, as the rule allows, or take the next step. Raises Refused."""
    recovery = _held(recovery)
    permissions.may_collect(by, recovery).require()
    moves = RECOVERY_NEXT[RecoveryStage(recovery.stage)] - {RecoveryStage.PAID}
    if stage not in moves:
        raise Refused(Reason.STAGE_CLOSED)
    if not note:
        raise Refused(Reason.SAY_WHY)
    if stage == RecoveryStage.DEFERRED:
        _defer(recovery, until)
    if stage == RecoveryStage.WRITTEN_OFF:
        posting.write_off(recovery, by=by, at=at)
    recovery.stage, recovery.note = RecoveryStage(stage), note
    recovery.save()
    announce(
        recovery.project, "RECOVERY", firm_people(recovery.project), by=by, at=at,
        amount=f"{recovery.open:,}", until=recovery.due_on.isoformat(),
    )  # fmt: skip
    return recovery


@transaction.atomic
def charge_interest(*, recovery: Recovery, by: User, at: datetime) -> Recovery:
    """Demand the interest (지연이자) on a recovery that was paid late, as a recovery of its own.

    Raises Refused.
    """
    recovery = _held(recovery)
    permissions.may_charge_interest(by, recovery).require()
    won = adapter.interest_on(recovery, localdate(at))
    rules = adapter.rules_of(recovery.project, "settlement")
    if not won or rules is None:
        raise Refused(Reason.NO_INTEREST)
    due = localdate(at) + timedelta(days=rules.pay_days)
    return demand(
        recovery.project, RecoveryCause.INTEREST, won, due,
        of_stage=recovery.of_stage, interest_on=recovery, by=by, at=at,
    )  # fmt: skip


def _defer(recovery: Recovery, until: date | None) -> None:
    rules = adapter.rules_of(recovery.project, "settlement")
    rule = rules.deferral if rules else None
    if rule is None or recovery.deferrals >= rule.times:
        raise Refused(Reason.DEFERRED_ALREADY)
    if until is None or until <= recovery.due_on:
        raise Refused(Reason.OUT_OF_RANGE)
    if until > recovery.due_on + relativedelta(years=rule.most_years):
        raise Refused(Reason.DEFERRED_TOO_LONG)
    recovery.due_on, recovery.deferrals = until, recovery.deferrals + 1


def _held(recovery: Recovery) -> Recovery:
    project = locked(recovery.project)
    held = Recovery.objects.select_for_update(of=("self",)).select_related("organisation")
    current = held.get(pk=recovery.pk)
    current.project = project
    return current
