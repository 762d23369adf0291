"""Savings of several payers: what is due by when, what is in arrears, who gets what at the end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from dure.values.money import at_most, split

MONTHS = 12
_LONGEST = 31


def month_days(starts_on: date, months: int) -> tuple[date, ...]:
    """The day of each month on which its part is due: that of the first, or the month's last.

    >>> [str(day) for day in month_days(date(2024, 1, 31), 3)]
    ['2024-01-31', '2024-02-29', '2024-03-31']
    """
    return tuple(_later(starts_on, number) for number in range(months))


@lru_cache(maxsize=256)
def monthly(total: int, months: int) -> tuple[int, ...]:
    """`total` in equal parts for each month; the odd won come first, and all add up to it.

    >>> monthly(6_000_000, 36)[:1], sum(monthly(6_000_000, 36))
    ((166667,), 6000000)
    """
    return split(total, (1,) * months)


def due_by(total: int, starts_on: date, months: int, on: date) -> int:
    """What a payer of `total` in `months` parts should have paid by the end of the day `on`."""
    begun = sum(day <= on for day in month_days(starts_on, months))
    return sum(monthly(total, months)[:begun])


@dataclass(frozen=True, slots=True)
class LeavingShare:
    """What becomes of one payer's money: to the saver, and back to the payer."""

    payer: str
    to_saver: int
    back: int


def leave(
    paid: Mapping[str, int], kept: Mapping[str, Sequence[tuple[int, Fraction]]], months: int
) -> tuple[LeavingShare, ...]:
    """Share out what was paid when a saver leaves after `months` whole months.

    `kept` gives of each payer steps of (from how many months, the part that goes to the saver): the
    last step that is reached counts, before the first one nothing goes to the saver. A payer
    without steps gets nothing back. Fractions of a won stay with the payer.

    >>> leave({"firm": 101}, {"firm": [(12, Fraction(1, 2))]}, 12)
    (LeavingShare(payer='firm', to_saver=50, back=51),)
    """
    return tuple(
        LeavingShare(payer, part, amount - part)
        for payer, amount in paid.items()
        for part in [at_most(amount, _reached(kept.get(payer), months))]
    )


def whole_months(starts_on: date, on: date) -> int:
    """How many whole months have passed.

    >>> whole_months(date(2024, 1, 31), date(2024, 2, 29))
    1
    """
    months = (on.year - starts_on.year) * MONTHS + on.month - starts_on.month
    return max(0, months - (on < _later(starts_on, months)) if months > 0 else 0)


def _reached(steps: Collection[tuple[int, Fraction]] | None, months: int) -> Fraction:
    if steps is None:
        return Fraction(1)
    return next(
        (part for since, part in sorted(steps, reverse=True) if since <= months), Fraction()
    )


def _later(first: date, months: int) -> date:
    year, month = divmod(first.year * MONTHS + first.month - 1 + months, MONTHS)
    for day in range(first.day, first.day - (_LONGEST - 27), -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month + 1}")
