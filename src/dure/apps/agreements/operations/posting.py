"""What agreements post to the ledger: reserved, committed, paid, released."""

from collections.abc import Iterable
from datetime import date, datetime

from dure.apps.agreements import kinds
from dure.apps.agreements.models import Agreement, Change, Instalment
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import InstalmentStage
from dure.apps.ledger import operations as ledger
from dure.apps.ledger.kinds import COMMITTED, FREE, PAID, RESERVED
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.operations import AccountName, NewEntry, Posting, budget_postings
from dure.apps.ledger.reasons import Reason as LedgerReason
from dure.apps.people.models import User
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation.verdict import Refused


def find_budgets(agreement: Agreement, instalments: Iterable[Instalment], on: date) -> None:
    """Set from which budget public cash comes: that of the year in which it is due, if there is one.

    The year of the signing has to have one; later years may get theirs later. Raises Refused.
    """
    programme = agreement.version.programme_id
    budgets = {
        appropriation.year: appropriation
        for appropriation in Appropriation.objects.filter(programme=programme)
    }
    for instalment in instalments:
        if is_public_cash(instalment):
            year = max(instalment.due_on.year, on.year)
            instalment.appropriation = budgets.get(year)
            if instalment.appropriation is None and year == on.year:
                raise Refused(Reason.NO_BUDGET)


def is_public_cash(instalment: Instalment) -> bool:
    """True for what is paid out of a budget."""
    return (
        instalment.payer.role == Role.GOVERNMENT
        and instalment.kind == Kind.CASH
        and instalment.instrument != Instrument.GUARANTEE
    )


def reserve(agreement: Agreement, text: int, *, on: date, by: User, at: datetime) -> None:
    """Keep the public cash of an agreement free for it while it is signed. Raises Refused."""
    lines = _budget_lines(agreement, FREE.code, RESERVED.code)
    _post(agreement, f"reserved/{text}", kinds.RESERVATION, lines, on=on, by=by, at=at)


def release(agreement: Agreement, text: int, *, on: date, by: User | None, at: datetime) -> None:
    """Give back what was reserved for a text that nobody signs any more."""
    lines = _budget_lines(agreement, RESERVED.code, FREE.code)
    _post(agreement, f"released/{text}", kinds.RELEASE, lines, on=on, by=by, at=at)


def commit(agreement: Agreement, *, on: date, by: User, at: datetime) -> None:
    """Post what everybody has promised by signing: each instalment is owed, the budget committed."""
    lines = _budget_lines(agreement, RESERVED.code, COMMITTED.code)
    for instalment in agreement.instalments.select_related("payer").order_by("number"):
        lines += promise(instalment, instalment.amount)
    _post(agreement, "committed", kinds.COMMITMENT, lines, on=on, by=by, at=at)


def cancel(agreement: Agreement, *, on: date, by: User, at: datetime) -> None:
    """Take back what has not been paid when an agreement ends: nobody owes it, its budget is free."""
    lines: list[Posting] = []
    open_ones = agreement.instalments.exclude(
        stage__in=[InstalmentStage.PAID, InstalmentStage.CANCELLED]
    )
    for instalment in open_ones.select_related("payer", "appropriation").order_by("number"):
        lines += promise(instalment, -instalment.amount)
        if is_public_cash(instalment) and instalment.appropriation:
            lines += budget_postings(instalment.appropriation, COMMITTED, FREE, instalment.amount)
    _post(agreement, "ended", kinds.CHANGE, lines, on=on, by=by, at=at)


def change(
    change: Change,
    differences: list[tuple[Instalment, int]],
    *,
    on: date,
    by: User,
    at: datetime,
) -> None:
    """Post by how much a change makes payers owe more or less. Raises Refused where money is short."""
    lines: list[Posting] = []
    for instalment, amount in differences:
        lines += promise(instalment, amount)
        if is_public_cash(instalment) and instalment.appropriation:
            lines += budget_postings(instalment.appropriation, FREE, COMMITTED, amount)
    summed = tuple(line for line in _summed(lines) if line.amount)
    if summed:
        key, cause = f"{change.subject}/applied", change.subject
        entry = NewEntry(key=key, day=on, kind=kinds.CHANGE, cause=cause, lines=summed)
        _posted([entry], by=by, at=at)


def promise(instalment: Instalment, amount: int) -> list[Posting]:
    """The lines by which a payer owes so much more, or less."""
    subject, part = instalment.agreement.subject, instalment.payer.part
    return [
        Posting(AccountName(kinds.DUE.code, subject, part), amount),
        Posting(AccountName(kinds.FUNDING.code, subject, part), -amount),
    ]


def pay(instalment: Instalment, *, on: date, by: User, at: datetime) -> None:
    """Post that an instalment came in: it is owed no more, and there for the project. Raises Refused."""
    subject = instalment.agreement.subject
    where = _received_in(instalment)
    lines = [
        Posting(AccountName(where, subject), instalment.amount),
        Posting(AccountName(kinds.DUE.code, subject, instalment.payer.part), -instalment.amount),
    ]
    if is_public_cash(instalment):
        budget = instalment.appropriation or _budget_of(instalment, on)
        source = COMMITTED if instalment.appropriation else FREE
        lines += budget_postings(budget, source, PAID, instalment.amount)
    entry = NewEntry(
        key=f"{instalment.subject}/paid",
        day=on,
        kind=kinds.PAYMENT,
        cause=instalment.subject,
        lines=tuple(lines),
    )
    _posted([entry], by=by, at=at)


def _budget_of(instalment: Instalment, on: date) -> Appropriation:
    programme = instalment.agreement.version.programme_id
    appropriation = Appropriation.objects.filter(programme=programme, year=on.year).first()
    if appropriation is None:
        raise Refused(Reason.NO_BUDGET)
    return appropriation


def _received_in(instalment: Instalment) -> str:
    if instalment.instrument == Instrument.GUARANTEE:
        return kinds.GUARANTEED.code
    if instalment.instrument in (Instrument.EQUITY, Instrument.LOAN):
        return kinds.INVESTED.code
    return kinds.IN_KIND.code if instalment.kind == Kind.IN_KIND else kinds.CASH.code


def _budget_lines(agreement: Agreement, source: str, target: str) -> list[Posting]:
    """The lines that move the public cash of an agreement on in its budgets."""
    lines: list[Posting] = []
    waiting = agreement.instalments.exclude(stage=InstalmentStage.CANCELLED)
    for instalment in waiting.filter(appropriation__isnull=False).select_related("appropriation"):
        subject = instalment.appropriation.subject
        lines += [
            Posting(AccountName(target, subject), instalment.amount),
            Posting(AccountName(source, subject), -instalment.amount),
        ]
    return lines


def _post(
    agreement: Agreement,
    what: str,
    kind: str,
    lines: list[Posting],
    *,
    on: date,
    by: User | None,
    at: datetime,
) -> None:
    if not lines:  # nothing of it is public cash
        return
    key = f"{agreement.subject}/{what}"
    entry = NewEntry(key=key, day=on, kind=kind, cause=agreement.subject, lines=_summed(lines))
    _posted([entry], by=by, at=at)


def _summed(lines: list[Posting]) -> tuple[Posting, ...]:
    """One line for each account."""
    sums: dict[AccountName, int] = {}
    for account, amount in lines:
        sums[account] = sums.get(account, 0) + amount
    return tuple(Posting(account, amount) for account, amount in sums.items())


def _posted(entries: list[NewEntry], *, by: User | None, at: datetime) -> None:
    try:
        ledger.post(entries, by=by, at=at)
    except Refused as refusal:
        if refusal.reason == LedgerReason.OVERDRAWN:
            raise Refused(Reason.OVERDRAWN, **refusal.details) from refusal
        raise
