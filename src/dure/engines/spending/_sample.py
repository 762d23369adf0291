"""Which rows of a project are examined where not all are: by the rule, by size, and by lot."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Why(StrEnum):
    """Why a row is examined: a rule speaks against it, it is large, or the lot fell on it."""

    BROKEN = "BROKEN"
    LARGE = "LARGE"
    DRAWN = "DRAWN"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row from which a sample is drawn: an id that never changes, at least one won, whether a rule
    is broken."""

    id: str
    amount: int
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class SampleRule:
    """How large a sample is: `percent` of the rows, at least `fewest`; rows of `always_from` won and
    more are examined whatever the lot says (None: none is)."""

    percent: Fraction
    fewest: int = 1
    always_from: int | None = None


@dataclass(frozen=True, slots=True)
class Sampled:
    """A row of the sample and why it is in it."""

    id: str
    why: Why


def sample(rows: Sequence[SampleRow], rule: SampleRule, seed: str) -> tuple[Sampled, ...]:
    """Return the rows to examine, in the order of `rows`; the same seed gives the same rows.

    Rows that break a rule and rows from `always_from` won on are taken first. As many as are left of
    the share are drawn of the others by monetary units: the rows stand in the order of SHA-256 of
    "seed|id"; their won, one after the other, are cut into equal intervals, and the row that holds
    the won at the same place of each interval is taken. So every won has the same chance, and a row
    as long as an interval is certain. Whole numbers throughout: anyone can do it again.
    """
    certain = {row.id: why for row in rows if (why := _certain(row, rule))}
    size = max(int(len(rows) * rule.percent // 100), rule.fewest)
    others = [row for row in rows if row.id not in certain]
    drawn = _by_units(others, min(size - len(certain), len(others)), seed)
    chosen = {**dict.fromkeys(drawn, Why.DRAWN), **certain}
    return tuple(Sampled(row.id, chosen[row.id]) for row in rows if row.id in chosen)


def _certain(row: SampleRow, rule: SampleRule) -> Why | None:
    if row.is_broken:
        return Why.BROKEN
    is_large = rule.always_from is not None and row.amount >= rule.always_from
    return Why.LARGE if is_large else None


def _by_units(rows: Sequence[SampleRow], count: int, seed: str) -> list[str]:
    """The ids of `count` rows. A row longer than an interval would be met twice: it is taken, and
    the others are cut anew."""
    left = sorted(rows, key=lambda row: _lot(f"{seed}|{row.id}"))
    taken: list[str] = []
    while len(taken) < count:
        whole, rest = sum(row.amount for row in left), count - len(taken)
        long = [row for row in left if row.amount * rest >= whole]
        if not long:
            return taken + _at_intervals(left, rest, _lot(seed) % whole)
        taken += [row.id for row in long[:rest]]
        left = [row for row in left if row.amount * rest < whole]
    return taken


def _at_intervals(rows: Sequence[SampleRow], count: int, start: int) -> list[str]:
    """The rows that hold the units start/count, (start + whole)/count, … of the whole."""
    whole = sum(row.amount for row in rows)
    taken, end = [], 0
    units = iter(range(start, start + whole * count, whole))
    unit = next(units)
    for row in rows:
        end += row.amount
        while unit < end * count:
            taken.append(row.id)
            unit = next(units, whole * count)
            if unit >= whole * count:
                return taken
    return taken


def _lot(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
