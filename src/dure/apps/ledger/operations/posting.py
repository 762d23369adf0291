"""Posting entries, all or none of them, and correcting one by its opposite."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dure.apps.ledger import adapter
from dure.apps.ledger.adapter import AccountName, Header, Posting
from dure.apps.ledger.kinds import CORRECTION
from dure.apps.ledger.models import MOST, Account, Entry
from dure.apps.ledger.operations import writing
from dure.apps.ledger.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

MOST_LINES = 30_000


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be posted.

    `key` names the act, so that it is posted once however often it is tried; `cause` is a reference
    to what it was done for (`kinds.REFERENCES`). Lines of nought are left out.
    """

    key: str
    day: date
    kind: str
    cause: str
    lines: tuple[Posting, ...]
    note: str = ""
    corrects: int | None = None


@transaction.atomic
def post(entries: Sequence[NewEntry], *, by: User | None, at: datetime) -> list[Entry]:
    """Post entries, all or none; accounts are opened as they are named. Raises Refused.

    What was posted under a key before is given back as it is; the same key for something else is
    refused. Locks the accounts in the order of their ids until the end of the transaction: whoever
    locks other rows does it before.
    """
    wanted = [_judged(entry) for entry in entries]
    accounts = writing.locked({line.account for entry in wanted for line in entry.lines})
    once = {entry.key: entry for entry in wanted}
    new = writing.enter([_head(entry, by, at) for entry in once.values()])
    if new:
        writing.write_lines({head: once[head.key].lines for head in new}, accounts)
    posted = {head.key: head for head in new}
    posted |= _known([entry for key, entry in once.items() if key not in posted])
    return [posted[entry.key] for entry in wanted]


def correct(*, entry: Entry, reason: str, day: date, by: User, at: datetime) -> Entry:
    """Take an entry back by posting its opposite; both stay. Raises Refused."""
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    if Entry.objects.filter(corrects=entry).exists():
        raise Refused(Reason.CORRECTED_ALREADY)
    lines = tuple(
        Posting(_name_of(line.account), -line.amount)
        for line in entry.lines.select_related("account").order_by("pk")
    )
    opposite = NewEntry(
        key=f"{entry.key}/corrected",
        day=day,
        kind=CORRECTION,
        cause=entry.cause,
        lines=lines,
        note=reason,
        corrects=entry.pk,
    )
    return post([opposite], by=by, at=at)[0]


def _judged(entry: NewEntry) -> NewEntry:
    """The entry without lines of nought, if it can be posted. Raises Refused."""
    lines = tuple(line for line in entry.lines if line.amount != 0)
    if any(type(line.amount) is not int or abs(line.amount) > MOST for line in lines):
        raise Refused(Reason.AMOUNT_OUT_OF_RANGE, key=entry.key)
    if len(lines) > MOST_LINES:
        raise Refused(Reason.LINES_TOO_MANY, key=entry.key)
    if not entry.cause or not entry.key:
        raise Refused(Reason.CAUSE_MISSING, key=entry.key)
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.account.currency] += line.amount
    if any(sums.values()):
        raise Refused(Reason.UNBALANCED, key=entry.key, differences=dict(sums))
    if not lines:
        raise Refused(Reason.LINES_MISSING, key=entry.key)
    return NewEntry(
        entry.key, entry.day, entry.kind, entry.cause, lines, entry.note, entry.corrects
    )


def _name_of(account: Account) -> AccountName:
    return AccountName(account.kind, account.subject, account.part, account.currency)


def _known(wanted: Collection[NewEntry]) -> dict[str, Entry]:
    """What was posted already under these keys. Raises Refused where it was something else."""
    if not wanted:
        return {}
    by_key = {entry.key: entry for entry in wanted}
    before = Entry.objects.filter(key__in=by_key).prefetch_related("lines__account")
    for entry in before:
        again = by_key[entry.key]
        lines = sorted((_name_of(line.account), line.amount) for line in entry.lines.all())
        is_same = (again.kind, again.cause) == (entry.kind, entry.cause)
        if not is_same or lines != sorted(tuple(line) for line in again.lines):
            raise Refused(Reason.KEY_TAKEN, key=entry.key)
    return {entry.key: entry for entry in before}


def _head(entry: NewEntry, by: User | None, at: datetime) -> Entry:
    header = Header(
        *(entry.key, entry.day, entry.kind, entry.cause, entry.note, entry.corrects),
        created_by=by.pk if by else None,
        created_at=at,
    )
    return Entry(
        key=entry.key,
        day=entry.day,
        kind=entry.kind,
        cause=entry.cause,
        note=entry.note,
        corrects_id=entry.corrects,
        line_count=len(entry.lines),
        created_by=by,
        created_at=at,
        digest=adapter.digest_of(header, entry.lines),
    )
