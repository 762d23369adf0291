"""Whole won: sharing a sum out without losing one, and taking a share of a sum exactly.

Amounts are integers of the smallest unit; shares are exact fractions, never floats.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def split(total: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Share `total` out by `weights`, so that the parts add up to it.

    Largest remainder (Hamilton): every part is its exact share rounded down, and what is left goes,
    one unit each, to the largest remainders; of equal remainders the first in line is served first.
    A negative total is shared out like the positive one.

    Raises ValueError when a weight is negative, or when all are nought and there is something to
    share out.

    >>> split(100, [1, 1, 1])
    (34, 33, 33)
    >>> split(350_000_001, [60, 30, 10])
    (210000001, 105000000, 35000000)
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("there is nobody to share out to")
        return (0,) * len(weights)
    if total < 0:
        return tuple(-part for part in split(-total, weights))
    exact = [Fraction(weight) * total / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def at_most(total: int, share: Fraction) -> int:
    """The most whole units that are no more than `share` of `total`.

    >>> at_most(350_000_001, Fraction(60, 100))
    210000000
    """
    return total * share.numerator // share.denominator


def at_least(total: int, share: Fraction) -> int:
    """The fewest whole units that are no less than `share` of `total`.

    >>> at_least(350_000_001, Fraction(30, 100))
    105000001
    """
    return -(-total * share.numerator // share.denominator)


def nearest(total: int, share: Fraction) -> int:
    """`share` of `total` to the nearest whole unit; a half goes up (반올림).

    >>> nearest(5, Fraction(1, 2)), nearest(7, Fraction(1, 3))
    (3, 2)
    """
    return (2 * total * share.numerator + share.denominator) // (2 * share.denominator)


def in_won(amount: Decimal, rate: Decimal) -> int:
    """An amount of another currency in whole won, at `rate` won for one unit; a half goes up.

    >>> in_won(Decimal("1200.50"), Decimal("1331.2"))
    1598106
    """
    return int((amount * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))
