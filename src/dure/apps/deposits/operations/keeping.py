"""Accepting deposits, renewing them, and destroying what nobody renews."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from dure.apps.deposits import kinds, notices, permissions, queries
from dure.apps.deposits.events import DepositAccepted
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import Deposit, Share, Term
from dure.apps.deposits.operations.depositing import path_of
from dure.apps.deposits.operations.recording import note
from dure.apps.deposits.operations.telling import tell_depositor
from dure.apps.deposits.reasons import Reason
from dure.apps.deposits.stages import DepositStage
from dure.apps.people.models import User
from dure.foundation import sealing
from dure.foundation.advisory_lock import in_turn
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused


@transaction.atomic
def accept(*, deposit: Deposit, by: User, at: datetime) -> Deposit:
    """Take files into keeping for a year, under a number. Raises Refused."""
    deposit = _locked(deposit)
    permissions.may_accept(by, deposit).require()
    today = localdate(at)
    deposit.number = _next_number(deposit, today)
    deposit.stage, deposit.accepted_by, deposit.accepted_at = DepositStage.KEPT, by, at
    fee = rules().fee(deposit.item, deposit.depositor.kind, today).new
    deposit.ends_on = _term(deposit, today, fee, by, at).ends_on
    deposit.save()
    note(deposit, kinds.ACCEPTED, by=by, at=at)
    tell_depositor(deposit, notices.deposit_accepted, at=at, until=deposit.ends_on)
    announce(DepositAccepted(deposit.pk, today))
    return deposit


@transaction.atomic
def send_back(*, deposit: Deposit, reason: str, by: User, at: datetime) -> Deposit:
    """Not accept what was handed in; its files are destroyed. Raises Refused."""
    deposit = _locked(deposit)
    permissions.may_accept(by, deposit).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    _end(deposit, DepositStage.RETURNED, at, reason, by)
    tell_depositor(deposit, notices.deposit_returned, at=at, reason=reason)
    return deposit


@transaction.atomic
def renew(*, deposit: Deposit, by: User, at: datetime) -> Term:
    """Keep a deposit for another year after its end. Raises Refused."""
    deposit = _locked(deposit)
    permissions.may_renew(by, deposit, localdate(at)).require()
    fee = rules().fee(deposit.item, deposit.depositor.kind, localdate(at)).renewal
    last = deposit.terms.latest("ends_on")
    term = _term(deposit, last.ends_on + timedelta(days=1), fee, by, at)
    deposit.ends_on, deposit.stage, deposit.noticed_days = term.ends_on, DepositStage.KEPT, None
    deposit.save(update_fields=["ends_on", "stage", "noticed_days"])
    note(deposit, kinds.RENEWED, by=by, at=at)
    return term


@transaction.atomic
def enter_payment(*, term: Term, paid_on: date, by: User, at: datetime) -> Term:
    """Enter that the fee of a term was paid. Raises Refused."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    permissions.may_enter_payment(by, term).require()
    term.paid_on = paid_on
    term.save(update_fields=["paid_on"])
    return term


@transaction.atomic
def withdraw(*, deposit: Deposit, reason: str, by: User, at: datetime) -> Deposit:
    """End a deposit; its files are destroyed, that it was there stays. Raises Refused."""
    deposit = _locked(deposit)
    permissions.may_withdraw(by, deposit).require()
    _end(deposit, DepositStage.WITHDRAWN, at, reason, by)
    return deposit


def notify_due(*, at: datetime) -> int:
    """Tell depositors once at each distance from the end; how many deposits."""
    today, notified = localdate(at), 0
    for days in reversed(rules().notices):  # the nearest first: whoever hears of 7 days has heard
        notified += _each(
            queries.ending(today, days), lambda deposit, days=days: _notify(deposit, days, at)
        )
    return notified


def lapse_due(*, at: datetime) -> int:
    """End the terms that are over; the days of grace begin. How many."""
    return _each(queries.over(localdate(at)), lambda deposit: _lapse(deposit, at))


def destroy_due(*, at: datetime) -> int:
    """Destroy the files of what was not renewed in the days of grace; of how many deposits."""
    return _each(queries.beyond_grace(localdate(at)), lambda deposit: _destroy(deposit, at))


def _notify(deposit: Deposit, days: int, at: datetime) -> None:
    deposit.noticed_days = days
    deposit.save(update_fields=["noticed_days"])
    tell_depositor(deposit, notices.deposit_ends, at=at, until=deposit.ends_on)


def _lapse(deposit: Deposit, at: datetime) -> None:
    deposit.stage = DepositStage.LAPSED
    deposit.save(update_fields=["stage"])
    note(deposit, kinds.LAPSED, by=None, at=at)
    last = deposit.terms.latest("ends_on").ends_on + timedelta(days=rules().grace)
    tell_depositor(deposit, notices.deposit_lapsed, at=at, until=last)


def _destroy(deposit: Deposit, at: datetime) -> None:
    _end(deposit, DepositStage.DESTROYED, at)
    tell_depositor(deposit, notices.deposit_destroyed, at=at)


def _each(deposits: QuerySet[Deposit], act: Callable[[Deposit], None]) -> int:
    """Do something with each of the rows in a transaction of its own, those in use left for later."""
    done = 0
    for pk in list(deposits.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = deposits.filter(pk=pk).select_for_update(of=("self",), skip_locked=True)
            for deposit in rows.select_related("depositor"):
                act(deposit)
                done += 1
    return done


def _end(
    deposit: Deposit,
    stage: DepositStage,
    at: datetime,
    reason: str = "",
    by: User | None = None,
) -> None:
    """Close a deposit: its shares are gone with this transaction, its files right after."""
    deposit.stage, deposit.closed_at, deposit.reason = stage, at, reason
    deposit.save(update_fields=["stage", "closed_at", "reason"])
    Share.objects.filter(deposit=deposit).delete()
    note(deposit, kinds.ENDED, by=by, at=at, reason_sha256=sealing.digest(reason))
    paths = [path_of(file.stored_as) for file in deposit.files.all()]
    transaction.on_commit(lambda: [path.unlink(missing_ok=True) for path in paths])


def _term(deposit: Deposit, starts_on: date, fee: int, by: User, at: datetime) -> Term:
    ends_on = starts_on + relativedelta(years=1, days=-1)
    return Term.objects.create(
        deposit=deposit, starts_on=starts_on, ends_on=ends_on, fee=fee, created_by=by, created_at=at
    )


def _next_number(deposit: Deposit, on: date) -> str:
    """A number as printed on certificates: five digits, year, month, and four digits to check it by.

    The five count through the month; the four follow from the hashes of the files.
    """
    in_turn("deposit number", on.year, on.month)
    middle = f"-{on:%y-%m}-"
    last = Deposit.objects.filter(number__contains=middle).order_by("-number").first()
    count = int(last.number.partition("-")[0]) + 1 if last and last.number else 1
    hashes = "".join(deposit.files.values_list("sha256", flat=True))
    check = int(sha256(f"{count}{middle}{hashes}".encode()).hexdigest(), 16) % 10_000
    return f"{count:05d}{middle}{check:04d}"


def _locked(deposit: Deposit) -> Deposit:
    deposits = Deposit.objects.select_for_update(of=("self",)).select_related("depositor")
    return deposits.get(pk=deposit.pk)
