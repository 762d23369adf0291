"""Whether the ledger is what was posted: everything computed anew, against what a superuser may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from dure.apps.ledger.adapter import digests
from dure.apps.ledger.adapter.digests import AccountName, Header, Posting
from dure.apps.ledger.kinds import ACCOUNT_KINDS, FaultKind
from dure.apps.ledger.models import Account, Entry, Line, Seal

AT_ONCE = 5_000
LOWEST_ID = -(2**63)
GUARDED = (Account, Entry, Line, Seal)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    kind: FaultKind
    where: str


def faults() -> Iterator[Fault]:
    """Find everything that is not as it was posted, by computing the whole ledger anew.

    What is posted meanwhile does not disturb it, if it is asked outside a transaction.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _guards()
        yield from _entries()
        yield from _orphans()
        yield from _seals()
        yield from _balances()


def _guards() -> Iterator[Fault]:
    """Triggers and constraints that are missing, switched off or not those of the code."""
    known = {model: model._meta for model in GUARDED}  # noqa: SLF001 -- Django's public model API
    tables = [options.db_table for options in known.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgenabled = 'O' AND tgrelid = ANY (%s::regclass[])
            """,
            [tables],
        )
        triggers = dict(cursor.fetchall())
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE convalidated AND conrelid = ANY (%s::regclass[])
            """,
            [tables],
        )
        constraints = {name for (name,) in cursor.fetchall()}
    for model, options in known.items():
        for trigger in options.triggers:
            source = triggers.get(trigger.get_pgid(model), "")
            if trigger.render_func(model).strip() not in source:
                yield Fault(FaultKind.GUARD_MISSING, trigger.get_uri(model))
        for constraint in options.constraints:
            if constraint.name not in constraints:
                yield Fault(FaultKind.GUARD_MISSING, f"{options.label}:{constraint.name}")


_ENTRIES = """
    SELECT entry.id, key, entry.day, entry.kind, cause, note, corrects_id, created_by_id,
           created_at, digest, line_count,
           array_agg(ARRAY[coalesce(account.kind, '?'), coalesce(subject, '?'), coalesce(part, '?'),
                           coalesce(currency, '?')]) FILTER (WHERE line.id IS NOT NULL),
           array_agg(amount) FILTER (WHERE line.id IS NOT NULL),
           bool_and(line.day = entry.day)
    FROM ledger_entry AS entry
    LEFT JOIN ledger_line AS line ON line.entry_id = entry.id
    LEFT JOIN ledger_account AS account ON account.id = account_id
    WHERE entry.id > %s AND entry.id <= %s
    GROUP BY entry.id ORDER BY entry.id
"""


def _entries() -> Iterator[Fault]:
    """Entries and lines that differ from the digest that was computed when they were posted."""
    for first, last in _spans():
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES, [first, last])
            for row in cursor.fetchall():
                yield from _of_entry(row)


def _spans() -> Iterator[tuple[int, int]]:
    """Ids from and to which so many entries lie."""
    first = LOWEST_ID
    while True:
        ids = list(
            Entry.objects.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        )
        if not ids:
            return
        yield first, ids[-1]
        first = ids[-1]


def _of_entry(row: tuple[Any, ...]) -> Iterator[Fault]:
    pk, *values, digest, line_count, accounts, amounts, has_one_day = row
    header = Header(*values)
    lines = [
        Posting(AccountName(*account), amount)
        for account, amount in zip(accounts or (), amounts or (), strict=True)
    ]
    where = f"#{pk} {header.key}"
    if len(lines) != line_count:
        is_less = len(lines) < line_count
        yield Fault(FaultKind.LINES_MISSING if is_less else FaultKind.LINES_ADDED, where)
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.account.currency] = sums.get(line.account.currency, 0) + line.amount
    if any(sums.values()):
        yield Fault(FaultKind.UNBALANCED, where)
    if lines and not has_one_day:
        yield Fault(FaultKind.DAYS_DIFFER, where)
    if digests.digest_of(header, lines) != digest:
        yield Fault(FaultKind.ENTRY_CHANGED, where)


def _orphans() -> Iterator[Fault]:
    """Lines whose entry or account is gone; foreign keys do not hold a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT line.id FROM ledger_line AS line
            LEFT JOIN ledger_entry AS entry ON entry.id = entry_id
            LEFT JOIN ledger_account AS account ON account.id = account_id
            WHERE entry.id IS NULL OR account.id IS NULL ORDER BY line.id
            """
        )
        for (pk,) in cursor.fetchall():
            yield Fault(FaultKind.LINE_WITHOUT_ENTRY, f"line #{pk}")


def _seals() -> Iterator[Fault]:
    """Seals that do not follow from the entries that are here, and those that are gone."""
    before, last, number, count = "", LOWEST_ID, 0, 0
    for seal in Seal.objects.order_by("number"):
        number += 1
        if seal.number != number:
            yield Fault(FaultKind.SEALS_GONE, f"seal {number}")
            number = seal.number
        entries = Entry.objects.filter(pk__gt=last, pk__lte=seal.last_entry).order_by("pk")
        sealed = list(entries.values_list("digest", flat=True))
        count += len(sealed)
        if count != seal.entry_count:
            is_less = count < seal.entry_count
            yield Fault(
                FaultKind.ENTRIES_GONE if is_less else FaultKind.ENTRIES_SLIPPED_IN,
                f"up to #{seal.last_entry}",
            )
        elif digests.seal_digest(before, seal.number, count, sealed) != seal.digest:
            yield Fault(FaultKind.SEAL_BROKEN, f"seal {seal.number}")
        before, last, count = seal.digest, seal.last_entry, seal.entry_count
    yield from _kept_outside()


def _kept_outside() -> Iterator[Fault]:
    kept = digests.kept_seal()
    if kept is None:
        return
    seal = Seal.objects.filter(pk=kept["number"]).first()
    if seal is None:
        yield Fault(FaultKind.SEALS_GONE, f"seal {kept['number']}")
    elif digests.as_kept(seal) != kept:
        yield Fault(FaultKind.SEAL_BROKEN, f"seal {kept['number']}")


def _balances() -> Iterator[Fault]:
    """Balances that are not the sum of the lines, are below their floor, or have another floor."""
    sums = dict(Line.objects.values_list("account").annotate(Sum("amount")))
    for account in Account.objects.order_by("pk").iterator():
        if account.balance != sums.get(account.pk, 0):
            yield Fault(FaultKind.BALANCE_WRONG, str(account))
        kind = ACCOUNT_KINDS.get(account.kind)
        floor = kind.grows_by.sign if kind and kind.has_floor else 0
        if kind and account.floor != floor:
            yield Fault(FaultKind.FLOOR_LIFTED, str(account))
        if floor * sums.get(account.pk, 0) < 0:
            yield Fault(FaultKind.BELOW_FLOOR, str(account))
