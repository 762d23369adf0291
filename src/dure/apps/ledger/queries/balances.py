"""Balances of accounts, now and at any day, and who reads them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Cast, Coalesce

from dure.apps.ledger.kinds import ACCOUNT_KINDS, AccountKind
from dure.apps.ledger.models import Account, Entry, Line
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.AUDITOR)


def is_reader(user: Reader) -> bool:
    """True for those who read the whole ledger."""
    return roles_of(user).holds(READERS)


def accounts_visible_to(user: Reader) -> QuerySet[Account]:
    """All accounts for the office and auditors, none for others."""
    return Account.objects.all() if is_reader(user) else Account.objects.none()


def entries_visible_to(user: Reader) -> QuerySet[Entry]:
    """All entries for the office and auditors, none for others."""
    entries = Entry.objects.select_related("created_by", "corrects")
    return entries if is_reader(user) else entries.none()


def journal(
    entries: QuerySet[Entry],
    *,
    since: date | None = None,
    until: date | None = None,
    kind: str = "",
    of: str = "",
) -> QuerySet[Entry]:
    """Entries from one day to another, of a kind, and of a reference: for its cause, or to its accounts.

    The latest first; what is empty narrows nothing.
    """
    if of:
        touching = Line.objects.filter(entry=OuterRef("pk"), account__subject=of)
        entries = entries.filter(Q(cause=of) | Exists(touching))
    if since:
        entries = entries.filter(day__gte=since)
    if until:
        entries = entries.filter(day__lte=until)
    if kind:
        entries = entries.filter(kind=kind)
    return entries.order_by("-day", "-pk")


def debits_of(entries: Iterable[Entry]) -> dict[int, dict[str, int]]:
    """What came to the debit side of each entry, by its id and by currency, in minor units."""
    wanted = [entry.pk for entry in entries]
    rows = (
        Line.objects.filter(entry__in=wanted, amount__gt=0)
        .values_list("entry", "account__currency")
        .annotate(total=Cast(Sum("amount"), BigIntegerField()))
    )
    sums: dict[int, dict[str, int]] = {pk: {} for pk in wanted}
    for entry, currency, total in rows:
        sums[entry][currency] = total
    return sums


def size() -> tuple[int, int]:
    """How many entries and accounts there are."""
    return Entry.objects.count(), Account.objects.count()


def balance(account: Account, on: date | None = None) -> int:
    """What an account holds at the end of a day, or now, in minor units; its own side is positive."""
    return own_side(account.kind) * _sums([account.pk], on).get(account.pk, 0)


def balances_of(
    subjects: Collection[str], on: date | None = None
) -> dict[tuple[str, str, str], int]:
    """(subject, kind, part) -> won at the end of a day, or now, on each account's own side.

    Apps ask it for their own subjects and answer for who sees the figures.
    """
    accounts = Account.objects.filter(subject__in=subjects, currency="KRW")
    if on is None:
        sums = {account.pk: account.balance for account in accounts}
    else:
        sums = _sums(accounts.values("pk"), on)
    return {
        (account.subject, account.kind, account.part): own_side(account.kind)
        * sums.get(account.pk, 0)
        for account in accounts
    }


def lines_of(
    account: Account, since: date | None = None, until: date | None = None
) -> QuerySet[Line]:
    """The lines of an account, oldest first, each with the `running` balance after it."""
    running = Window(
        Sum("amount"), partition_by=F("account"), order_by=[F("day").asc(), F("pk").asc()]
    )
    lines = (
        Line.objects.filter(account=account)
        .annotate(running=Cast(running, BigIntegerField()) * own_side(account.kind))
        .select_related("entry", "account")
        .order_by("day", "pk")
    )
    wanted = Q()
    if since:
        wanted &= Q(day__gte=since)
    if until:
        wanted &= Q(day__lte=until)
    return lines.filter(wanted)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """All accounts of one kind and currency together: what was posted to each side, and the balance."""

    kind: AccountKind | None
    code: str
    currency: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debit less credit, on the side on which the kind grows."""
        return own_side(self.code) * (self.debit - self.credit)


def trial_balance(on: date | None = None) -> list[TrialRow]:
    """The trial balance (시산표) at the end of a day, or now; debit and credit come to the same."""
    lines = Line.objects.all() if on is None else Line.objects.filter(day__lte=on)
    rows = lines.values("account__kind", "account__currency").annotate(
        debit=Coalesce(Sum("amount", filter=Q(amount__gt=0)), 0, output_field=BigIntegerField()),
        credit=Coalesce(Sum("amount", filter=Q(amount__lt=0)), 0, output_field=BigIntegerField()),
    )
    place = {code: number for number, code in enumerate(ACCOUNT_KINDS.codes())}
    trial_rows = [
        TrialRow(
            ACCOUNT_KINDS.get(row["account__kind"]),
            row["account__kind"],
            row["account__currency"],
            int(row["debit"]),
            -int(row["credit"]),
        )
        for row in rows
    ]
    return sorted(trial_rows, key=lambda row: (row.currency, place.get(row.code, len(place))))


def _sums(accounts: Collection[int] | QuerySet[Any], on: date | None) -> dict[int, int]:
    lines = Line.objects.filter(account__in=accounts)
    if on is not None:
        lines = lines.filter(day__lte=on)
    summed = lines.values_list("account").annotate(total=Cast(Sum("amount"), BigIntegerField()))
    return dict(summed)


def own_side(code: str) -> int:
    """1 for kinds of account that grow by debit, -1 for those that grow by credit."""
    kind = ACCOUNT_KINDS.get(code)
    return kind.grows_by.sign if kind else 1
