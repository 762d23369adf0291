"""Limits of a line for each month (월 한도): which expense, in order, passes them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MonthLimit:
    """At most `amount` a month on `line`, from the month of `begins` to that of `ends`."""

    line: str
    amount: int
    begins: date
    ends: date | None = None

    def holds(self, line: str, on: date) -> bool:
        """True for an expense of `line` on the day."""
        month = on.year, on.month
        return (
            line == self.line
            and (self.begins.year, self.begins.month) <= month
            and (self.ends is None or month <= (self.ends.year, self.ends.month))
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """An expense as month limits see it: whose, on which line, when, how much."""

    who: str
    line: str
    on: date
    amount: int


def over_months(expenses: Sequence[Spent], limits: Sequence[MonthLimit]) -> tuple[int, ...]:
    """Return by how much each of `expenses`, in order, lies above what its month still leaves.

    The one that passes the limit and all that follow in its month are above it; 0 where not.
    """
    used: dict[tuple[str, str, int, int], int] = defaultdict(int)
    beyond = []
    for expense in expenses:
        limit = next((limit for limit in limits if limit.holds(expense.line, expense.on)), None)
        if limit is None:
            beyond.append(0)
            continue
        month = expense.who, expense.line, expense.on.year, expense.on.month
        used[month] += expense.amount
        beyond.append(min(max(used[month] - limit.amount, 0), expense.amount))
    return tuple(beyond)


def over_participation(
    shares: Sequence[tuple[str, int, int, int]],
) -> dict[tuple[str, int, int], int]:
    """Return where people take part with more than 100 % of a month: (person, year, month) -> %.

    `shares` are (person, year, month, percent) over all projects.
    """
    summed: dict[tuple[str, int, int], int] = defaultdict(int)
    for person, year, month, percent in shares:
        summed[person, year, month] += percent
    return {key: percent for key, percent in summed.items() if percent > 100}
