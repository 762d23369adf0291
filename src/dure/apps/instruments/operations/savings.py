"""Savings (공제): three pay the same each month; what came in, the end, and leaving before it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction

from dure.apps.instruments import kinds, permissions, queries
from dure.apps.instruments.kinds import MovementKind, Payer, SchemeKind, leavings
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.notices import savings_ended
from dure.apps.instruments.operations import posting
from dure.apps.instruments.operations.keeping import (
    end,
    locked,
    locked_stake,
    next_number,
    not_to_come,
    of_kind,
)
from dure.apps.instruments.operations.telling import tell_of
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import StakeStage
from dure.apps.ledger.kinds import FREE as BUDGET_FREE
from dure.apps.ledger.kinds import PAID as BUDGET_PAID
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.operations import NewEntry, Posting, budget_postings
from dure.apps.people.models import Organisation, User
from dure.engines import funding
from dure.foundation.verdict import Refused

DAY = relativedelta(days=1)


@transaction.atomic
def join(
    *,
    scheme: Scheme,
    firm: Organisation,
    name: str,
    amount: int,
    months: int,
    starts_on: date,
    number: str = "",
    person: User | None = None,
    sponsor: Organisation | None = None,
    by: User,
    at: datetime,
) -> Stake:
    """Take a saver in: `amount` is what each of the three pays in all. Raises Refused.

    The firm's part may be paid by a `sponsor`, a large firm or local government (win-win form).
    """
    permissions.may_run(by).require()
    scheme = locked(scheme)
    of_kind(scheme, SchemeKind.SAVINGS)
    if amount < months:
        raise Refused(Reason.AMOUNT_WRONG)
    stake = Stake.objects.create(
        scheme=scheme, number=number or next_number(scheme), organisation=firm, person=person,
        name=name, sponsor=sponsor, amount=amount, months=months, starts_on=starts_on,
        ends_on=starts_on + relativedelta(months=months) - DAY, entered_by=by, entered_at=at,
    )  # fmt: skip
    lines = [
        line
        for payer in Payer.values
        for line in posting.both(stake, kinds.DUE, kinds.FREE, amount, part=payer)
    ]
    posting.post(kinds.PLEDGE, stake.subject, "joined", lines, on=starts_on, by=by, at=at)
    return stake


@transaction.atomic
def collect(*, payments: Iterable[Movement], by: User, at: datetime) -> list[Movement]:
    """Enter monthly payments into savings, all or none; the state's come out of its budget.

    Each is a new movement of one month and payer with the exact amount. Raises Refused.
    """
    permissions.may_run(by).require()
    wanted = sorted(payments, key=lambda payment: payment.stake_id)
    for movement in wanted:
        movement.entered_by, movement.entered_at = by, at
        not_to_come(movement.on, at)
    made = Movement.objects.bulk_create(wanted, batch_size=2_000)
    budgets = _budgets(made)
    posting.post_all([_entry(movement, budgets) for movement in made], by=by, at=at)
    return made


def _budgets(payments: Iterable[Movement]) -> dict[tuple[int, int], Appropriation]:
    """The budgets that the state's part comes out of, by programme and year. Raises Refused."""
    wanted = {
        (payment.stake.scheme.programme_id, payment.on.year)
        for payment in payments
        if payment.part == Payer.GOVERNMENT
    }
    return {key: posting.budget_of(*key) for key in wanted}


def _entry(payment: Movement, budgets: Mapping[tuple[int, int], Appropriation]) -> NewEntry:
    lines = posting.moved(payment.stake, kinds.DUE, kinds.HELD, payment.amount, part=payment.part)
    if payment.part == Payer.GOVERNMENT:
        budget = budgets[payment.stake.scheme.programme_id, payment.on.year]
        lines += budget_postings(budget, BUDGET_FREE, BUDGET_PAID, payment.amount)
    return posting.entry_of(kinds.PAID_IN, payment.subject, "paid", lines, on=payment.on)


@transaction.atomic
def mature(*, stake: Stake, on: date, by: User, at: datetime) -> Stake:
    """Pay everything out to the saver at the end of the term. Raises Refused."""
    permissions.may_run(by).require()
    locked(stake.scheme)
    stake = locked_stake(stake)
    of_kind(stake.scheme, SchemeKind.SAVINGS)
    not_to_come(on, at)
    if stake.ends_on is None or on <= stake.ends_on:
        raise Refused(Reason.NOT_YET)
    paid = queries.paid_by_payer(stake)
    if sum(paid.values()) < stake.amount * len(Payer):
        raise Refused(Reason.IN_ARREARS)
    shares = [funding.LeavingShare(payer, won, 0) for payer, won in paid.items()]
    return _pay_out(end(stake, StakeStage.COMPLETED, on), shares, on=on, by=by, at=at)


@transaction.atomic
def leave(*, stake: Stake, leaving: str, on: date, by: User, at: datetime) -> Stake:
    """End savings early: by the reason and the months each payer's money is shared out between the
    saver and the payer (`files/savings.toml`); nobody owes anything more. Raises Refused."""
    permissions.may_run(by).require()
    locked(stake.scheme)
    stake = locked_stake(stake)
    of_kind(stake.scheme, SchemeKind.SAVINGS)
    not_to_come(on, at)
    reason = leavings().get(leaving)
    if reason is None:
        raise Refused(Reason.LEAVING_UNKNOWN)
    months = funding.whole_months(stake.starts_on, on)
    shares = funding.leave(queries.paid_by_payer(stake), reason.kept, months)
    return _pay_out(end(stake, StakeStage.LEFT, on, reason.ko), shares, on=on, by=by, at=at)


def _pay_out(
    stake: Stake, shares: Iterable[funding.LeavingShare], *, on: date, by: User, at: datetime
) -> Stake:
    lines: list[Posting] = []
    movements = []
    for share in shares:
        part, paid = share.payer, share.to_saver + share.back
        lines += posting.moved(stake, kinds.HELD, kinds.GIVEN, share.to_saver, part=part)
        lines += posting.moved(stake, kinds.HELD, kinds.RETURNED, share.back, part=part)
        lines += posting.moved(stake, kinds.FREE, kinds.DRAWN, paid, part=part)
        # What was still to come is owed no more.
        lines += posting.both(stake, kinds.DUE, kinds.FREE, paid - stake.amount, part=part)
        ways = ((MovementKind.PAID_OUT, share.to_saver), (MovementKind.RETURNED, share.back))
        movements += [
            Movement(stake=stake, kind=kind, part=part, amount=amount, on=on)
            for kind, amount in ways
            if amount
        ]
    for movement in movements:
        movement.entered_by, movement.entered_at = by, at
    Movement.objects.bulk_create(movements)
    posting.post(kinds.LEAVING, stake.subject, "ended", lines, on=on, by=by, at=at)
    won = sum(movement.amount for movement in movements if movement.kind == MovementKind.PAID_OUT)
    tell_of(stake, savings_ended, at=at, except_for=by, won=f"{won:,}")
    return stake
