"""Small rules of committees: who is enough, what a vote needs, who is biased, what a rating brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dure.engines.scoring._score import half_up


@dataclass(frozen=True, slots=True)
class Majority:
    """`share` of the votes must be yes: of all members, or of those present."""

    share: Fraction
    of_all: bool


def is_carried(yes: int, members: int, present: int, majority: Majority) -> bool:
    """Say whether a motion is carried.

    >>> is_carried(5, members=7, present=7, majority=Majority(Fraction(2, 3), of_all=True))
    True
    """
    return yes >= majority.share * (members if majority.of_all else present)


def panel_size(amount: int, steps: Sequence[tuple[int, int]]) -> int:
    """Return the size of a panel; `steps` are (from this amount in won, so many), rising."""
    return next(size for least, size in reversed(steps) if amount >= least)


def is_quorate(present: int, outside: int, fewest: int, *, outside_majority: bool) -> bool:
    """Say whether a panel may sit: enough present and, if wanted, most of them from outside."""
    return present >= fewest and (not outside_majority or 2 * outside > present)


def is_biased(place: int, others: Sequence[int], percent: int) -> bool:
    """Say whether a reviewer's place differs from the others' mean by more than so many percent."""
    mean = Fraction(sum(others), len(others))
    return abs(place - mean) * 100 > mean * percent


def last_day(notice: date, days: int) -> date:
    """Return the last day of a term that is counted from the day after the notice."""
    return notice + timedelta(days=days)


def grade_of(score: Fraction, grades: Sequence[tuple[Fraction, str]]) -> str:
    """Return the grade of a score; `grades` are (from this score, name), falling to 0."""
    return next(name for least, name in grades if score >= least)


def rank_gap(raw: Sequence[Fraction], allotment: Fraction, gap: Fraction) -> tuple[Fraction, ...]:
    """Return the points by place: the first gets all, each next loses the gap or the difference.

    The greater of the two counts; equal raw scores share a place. In the order of `raw`.
    """
    by_raw: dict[Fraction, Fraction] = {}
    before: Fraction | None = None
    for value in sorted(set(raw), reverse=True):
        by_raw[value] = allotment if before is None else by_raw[before] - max(gap, before - value)
        before = value
    return tuple(by_raw[value] for value in raw)


def rating_points(
    members: Sequence[tuple[str, Fraction]],
    points: Fraction,
    classes: Sequence[tuple[str, Fraction]],
    decimals: int,
) -> Fraction:
    """Return the points of a consortium's credit ratings, weighted by the members' shares.

    `classes` are (the last rating of the class, its part of the points), from the best on. Raises
    ValueError for a rating that no scale knows.
    """
    total = Fraction(0)
    for rating, share in members:
        place = _SCALE.index(rating)
        part = next(part for last, part in classes if place <= _SCALE.index(last))
        total += points * part * share
    return half_up(total, decimals)


_SCALE = (
    ["AAA"]
    + [f"{letters}{sign}" for letters in ("AA", "A", "BBB", "BB", "B") for sign in "+0-"]
    + ["CCC+", "CCC0", "CCC-", "CC", "C", "D"]
)
