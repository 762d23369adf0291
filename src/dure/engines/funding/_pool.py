"""A pool that several founders fill: what each gives to a project, to the won."""

from collections.abc import Sequence

from dure.values.money import split


class PoolTooSmall(ValueError):
    """More is asked of a pool than all its parts together hold; `short` is by how much."""

    def __init__(self, short: int) -> None:
        super().__init__(f"the pool is {short} short")
        self.short = short


def draw(total: int, parts: Sequence[int]) -> tuple[int, ...]:
    """Take `total` from `parts` pro rata (largest remainder); nobody gives more than their part.

    Of equal remainders the first in line gives the odd won. What is taken in several steps adds up
    to the parts exactly, because each step is shared out by what is still left of them.

    Raises PoolTooSmall, and ValueError for a total or a part below nought.

    >>> draw(100, [300, 300, 400])
    (30, 30, 40)
    >>> draw(100, [1, 1, 1])
    Traceback (most recent call last):
        ...
    dure.engines.funding._pool.PoolTooSmall: the pool is 97 short
    """
    if total < 0 or any(part < 0 for part in parts):
        raise ValueError("an amount is negative")
    if total > sum(parts):
        raise PoolTooSmall(total - sum(parts))
    return split(total, parts)
