"""What schemes post to the ledger."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from dure.apps.instruments.models import Stake
from dure.apps.instruments.reasons import Reason
from dure.apps.ledger import operations as ledger
from dure.apps.ledger.kinds import AccountKind
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.operations import AccountName, NewEntry, Posting
from dure.apps.ledger.reasons import Reason as LedgerReason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


def moved(
    stake: Stake,
    source: AccountKind,
    target: AccountKind,
    amount: int,
    *,
    part: str = "",
    into: str | None = None,
) -> list[Posting]:
    """The lines that bring money of a stake from one account to another of the same side.

    `part` is the part of the source, `into` that of the target where it is another.
    """  # fmt: skip
    sign = source.grows_by.sign
    if target.grows_by is not source.grows_by:
        raise ValueError(f"{source.code} and {target.code} grow on different sides")
    return [
        Posting(AccountName(target.code, stake.subject, part if into is None else into), sign * amount),
        Posting(AccountName(source.code, stake.subject, part), -sign * amount),
    ]  # fmt: skip


def both(
    stake: Stake, debit: AccountKind, credit: AccountKind, amount: int, *, part: str = ""
) -> list[Posting]:
    """The lines by which an account of each side grows, or with a negative amount shrinks."""
    return [
        Posting(AccountName(debit.code, stake.subject, part), amount),
        Posting(AccountName(credit.code, stake.subject, part), -amount),
    ]


def budget_of(programme: int, year: int) -> Appropriation:
    """The budget of a programme for a year. Raises Refused."""
    appropriation = Appropriation.objects.filter(programme=programme, year=year).first()
    if appropriation is None:
        raise Refused(Reason.NO_BUDGET)
    return appropriation


def post(
    kind: str,
    cause: str,
    what: str,
    lines: Iterable[Posting],
    *,
    on: date,
    by: User | None,
    at: datetime,
    note: str = "",
) -> None:
    """Post one entry. Raises Refused where money is short."""  # fmt: skip
    post_all([entry_of(kind, cause, what, lines, on=on, note=note)], by=by, at=at)


def entry_of(
    kind: str, cause: str, what: str, lines: Iterable[Posting], *, on: date, note: str = ""
) -> NewEntry:
    """An entry with one line for each account; nothing of nought."""
    sums: dict[AccountName, int] = {}
    for account, amount in lines:
        sums[account] = sums.get(account, 0) + amount
    summed = tuple(Posting(account, amount) for account, amount in sums.items() if amount)
    return NewEntry(key=f"{cause}/{what}", day=on, kind=kind, cause=cause, lines=summed, note=note)


def post_all(entries: Sequence[NewEntry], *, by: User | None, at: datetime) -> None:
    """Post entries, all or none. Raises Refused where money is short."""
    try:
        ledger.post([entry for entry in entries if entry.lines], by=by, at=at)
    except Refused as refusal:
        if refusal.reason == LedgerReason.OVERDRAWN:
            raise Refused(Reason.OVERDRAWN, **refusal.details) from refusal
        raise
