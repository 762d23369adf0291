"""Records of banks, cards and tax invoices: which are the same spending, and to which line it goes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a statement, or an expense that is there already.

    `source` is card, bank or invoice; `number` the one that the source gave (승인번호), "" where
    there is none; `place` says where it stands and comes back in the answers.
    """

    place: int
    source: str
    on: date
    amount: int
    payee: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`place` repeats `of`: surely where both have one number, else by day, amount and payee."""

    place: int
    of: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Purpose:
    """What money is spent on: its budget line, and words by which a payee or item is known.

    `names` are those that lists of other systems have for it.
    """

    id: str
    line: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


_NEAR_DAYS = 3


def duplicates(records: Sequence[Record]) -> tuple[Duplicate, ...]:
    """Return which records repeat an earlier one.

    The same number of the same source is surely the same. A payment and its invoice (two sources)
    are probably the same where payee and amount agree within three days; two records of one source
    where the day agrees as well and neither has a number. Each record is the copy of one only.
    """
    by_number: dict[tuple[str, str], int] = {}
    by_deal: dict[tuple[str, int], list[Record]] = defaultdict(list)
    copies = []
    for record in records:
        numbered = by_number.get((record.source, record.number)) if record.number else None
        if numbered is not None:
            copies.append(Duplicate(record.place, numbered, True))
            continue
        earlier = by_deal[record.payee, record.amount]
        if like := next((candidate for candidate in earlier if _alike(candidate, record)), None):
            earlier.remove(like)
            copies.append(Duplicate(record.place, like.place, False))
        else:
            earlier.append(record)
        if record.number:
            by_number[record.source, record.number] = record.place
    return tuple(copies)


def _alike(record: Record, other: Record) -> bool:
    days = abs((record.on - other.on).days)
    if record.source != other.source:
        return days <= _NEAR_DAYS
    return days == 0 and not (record.number or other.number)


def propose(text: str, purposes: Sequence[Purpose], known: str | None = None) -> str | None:
    """Return the id of the purpose that fits: the one that this payee had before (`known`), else
    that with the longest word in `text`; None where nothing speaks for one."""
    if known is not None:
        return known
    plain = text.casefold()
    hits = [
        (len(word), purpose.id) for purpose in purposes for word in purpose.words if word in plain
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def named(names: Sequence[str], purposes: Sequence[Purpose]) -> str | None:
    """Return the id of the purpose that a list means by `names`, the finest first; None for none."""
    known = {name: purpose.id for purpose in reversed(purposes) for name in purpose.names}
    return next((known[name] for name in names if name in known), None)
