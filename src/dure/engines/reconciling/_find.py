"""Reports compared two by two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

DAYS = 14
PERCENT = 5


class Sign(StrEnum):
    """What two reports have in common, beside their kind and their parties."""

    SAME_NUMBER = "same_number"
    SAME_DAY = "same_day"
    NEAR_DAY = "near_day"
    SAME_AMOUNT = "same_amount"
    NEAR_AMOUNT = "near_amount"
    AMOUNT_UNSAID = "amount_unsaid"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says of a deal.

    `family` is the same for kinds that may tell of one deal; `parties` are codes or, of those who
    have none, names; `number` is that of the paper, as far as it is known.
    """

    id: str
    family: str
    parties: frozenset[str]
    on: date
    amount: Decimal | None = None
    currency: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """A report that may tell of the same deal, and what speaks for it."""

    id: str
    signs: tuple[Sign, ...]


def twins_of(report: Report, others: Iterable[Report]) -> list[Twin]:
    """The other reports that may tell of the same deal, the likeliest first.

    Same family and parties are asked for. Then the same number of the paper is enough, two different
    numbers are never one deal, and without numbers the days lie at most `DAYS` apart and the
    amounts, in the same currency, at most `PERCENT` of the larger one; an amount that one of them
    does not say speaks neither for nor against it.
    """
    twins = [
        Twin(other.id, signs)
        for other in others
        if other.id != report.id and (signs := _signs(report, other))
    ]
    return sorted(twins, key=lambda twin: ([_RANK[sign] for sign in twin.signs], twin.id))


_RANK = {sign: place for place, sign in enumerate(Sign)}


def _signs(report: Report, other: Report) -> tuple[Sign, ...]:
    if report.family != other.family or report.parties != other.parties:
        return ()
    numbers = {_plain(report.number), _plain(other.number)} - {""}
    if len(numbers) == 2:
        return ()
    day, amount = _of_days(report, other), _of_amounts(report, other)
    if report.number and other.number:
        return tuple(sign for sign in (Sign.SAME_NUMBER, day, amount) if sign)
    return (day, amount) if day and amount else ()


def _of_days(report: Report, other: Report) -> Sign | None:
    apart = abs((report.on - other.on).days)
    if apart == 0:
        return Sign.SAME_DAY
    return Sign.NEAR_DAY if apart <= DAYS else None


def _of_amounts(report: Report, other: Report) -> Sign | None:
    if report.amount is None or other.amount is None:
        return Sign.AMOUNT_UNSAID
    if report.currency != other.currency:
        return None
    if report.amount == other.amount:
        return Sign.SAME_AMOUNT
    larger = max(report.amount, other.amount)
    is_near = abs(report.amount - other.amount) * 100 <= larger * PERCENT
    return Sign.NEAR_AMOUNT if is_near else None


def _plain(number: str) -> str:
    return "".join(character for character in number.casefold() if character.isalnum())
