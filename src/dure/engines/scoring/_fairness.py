"""Who succeeds how often, with numbers small enough to know somebody by left out."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

FEWEST = 5
"""Groups of fewer are not shown: their members could be known."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group there are and how many succeeded; None, None where that is not shown."""

    of: Hashable
    count: int | None
    successes: int | None

    @property
    def is_shown(self) -> bool:
        """Whether the group is large enough."""
        return self.count is not None

    @property
    def rate(self) -> Fraction | None:
        """The share of successes."""
        if not self.count or self.successes is None:
            return None
        return Fraction(self.successes, self.count)


def shares(cases: Iterable[tuple[Hashable, bool]], fewest: int = FEWEST) -> tuple[Share, ...]:
    """Return how often each group succeeds, the largest first, small ones hidden.

    `cases` are the group and whether it was a success. Where only one group would be hidden it
    could be had by subtracting from the total, so the smallest of the others is hidden as well.
    """
    counts: dict[Hashable, list[int]] = {}
    for group, is_success in cases:
        both = counts.setdefault(group, [0, 0])
        both[0] += 1
        both[1] += is_success
    ordered = sorted(counts, key=lambda group: (-counts[group][0], str(group)))
    hidden = {group for group in ordered if counts[group][0] < fewest}
    if len(hidden) == 1 and len(ordered) > 1:
        hidden.add(next(group for group in reversed(ordered) if group not in hidden))
    return tuple(
        Share(group, None, None) if group in hidden else Share(group, *counts[group])
        for group in ordered
    )


def agreement(marks: Sequence[Sequence[Fraction]], within: Fraction) -> Fraction | None:
    """Return the share of pairs of sheets of one application that lie at most `within` apart.

    `marks` are the totals of the sheets, application by application. None without a pair.
    """
    pairs = [abs(mark - other) <= within for row in marks for mark, other in combinations(row, 2)]
    return Fraction(sum(pairs), len(pairs)) if pairs else None
