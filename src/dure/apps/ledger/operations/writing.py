"""The rows of the ledger, written in three statements however many entries there are.

Plain SQL: through the ORM a posting took eight statements, and most of its time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import connection

from dure.apps.ledger.adapter import AccountName, Posting
from dure.apps.ledger.kinds import ACCOUNT_KINDS
from dure.apps.ledger.models import Account, Entry
from dure.apps.ledger.reasons import Reason
from dure.foundation.verdict import Refused


class Held(NamedTuple):
    """A locked account."""

    pk: int
    floor: int
    balance: int


def locked(names: set[AccountName]) -> dict[AccountName, Held]:
    """The accounts of these names, opened where they are new, and locked in the order of their ids."""
    accounts = _accounts(names)
    if missing := sorted(names - accounts.keys()):
        Account.objects.bulk_create(
            (Account(**name._asdict(), floor=_floor(name.kind)) for name in missing),
            ignore_conflicts=True,
        )
        # All anew, so that they are locked in the order of their ids.
        accounts = _accounts(names)
    return accounts


def enter(entries: Collection[Entry]) -> list[Entry]:
    """Insert the heads of those entries whose key is new, and give them their ids.

    Of two who post under one key the second waits here for the first, and gets nothing.
    """
    if not entries:
        return []
    values = [
        [
            *(entry.key, entry.day, entry.kind, entry.cause, entry.note, entry.corrects_id),
            *(entry.line_count, entry.created_by_id, entry.created_at, entry.digest),
        ]
        for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_entry (key, day, kind, cause, note, corrects_id, line_count,
                                      created_by_id, created_at, digest)
            SELECT * FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::text[],
                                 %s::bigint[], %s::smallint[], %s::bigint[], %s::timestamptz[],
                                 %s::text[])
            ON CONFLICT (key) DO NOTHING RETURNING key, id
            """,
            [list(column) for column in zip(*values, strict=True)],
        )
        ids = dict(cursor.fetchall())
    new = [entry for entry in entries if entry.key in ids]
    for entry_made in new:
        entry_made.pk = ids[entry_made.key]
    return new


def write_lines(
    lines: Mapping[Entry, Collection[Posting]], accounts: Mapping[AccountName, Held]
) -> None:
    """Insert the lines of new entries and add them to the balances of their locked accounts.

    Raises Refused where one falls short.
    """
    rows = [
        (entry.pk, accounts[line.account].pk, entry.day, line.amount)
        for entry, several in lines.items()
        for line in several
    ]
    changes: dict[int, int] = defaultdict(int)
    for _, account, _, amount in rows:
        changes[account] += amount
    _require_covered(changes, accounts)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH changed AS (
                UPDATE ledger_account SET balance = balance + amount
                FROM unnest(%s::bigint[], %s::bigint[]) AS change (account, amount)
                WHERE id = account
            )
            INSERT INTO ledger_line (entry_id, account_id, day, amount)
            SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::bigint[])
            """,
            [
                list(changes),
                list(changes.values()),
                *(list(column) for column in zip(*rows, strict=True)),
            ],
        )


def _accounts(names: set[AccountName]) -> dict[AccountName, Held]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, floor, balance, kind, subject, part, currency FROM ledger_account
            WHERE subject = ANY (%s) AND kind = ANY (%s) ORDER BY id FOR UPDATE
            """,
            [list({name.subject for name in names}), list({name.kind for name in names})],
        )
        by_name = {AccountName(*row[3:]): Held(*row[:3]) for row in cursor.fetchall()}
    return {name: held for name, held in by_name.items() if name in names}


def _floor(code: str) -> int:
    kind = ACCOUNT_KINDS[code]
    return kind.grows_by.sign if kind.has_floor else 0


def _require_covered(changes: Mapping[int, int], accounts: Mapping[AccountName, Held]) -> None:
    for name, held in accounts.items():
        after = held.balance + changes.get(held.pk, 0)
        if held.floor * after < 0:
            account = "/".join(filter(None, [name.subject, name.kind, name.part]))
            raise Refused(Reason.OVERDRAWN, account=account, short=-held.floor * after)
