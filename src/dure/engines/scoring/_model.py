"""Score sheets, the rules by which they become scores, and a ranking, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Combine(StrEnum):
    """How the totals of a panel's sheets become one score.

    TRIMMED leaves out one highest and one lowest total: (sum - highest - lowest) / (n - 2).
    """

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Criterion:
    """`weight` is what a full mark brings; `minimum` the percentage that the panel must give."""

    id: str
    weight: Fraction
    minimum: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How sheets are counted.

    Marks are percentages of the weight of a criterion. With `decimals` the points of a criterion
    and the score of the panel are rounded to so many, half up; without, nothing is. `ties` are
    groups of criteria: of equal scores the one with more points in the first group comes first, and
    so on; `by_heaviest` puts the (first) criterion of the largest weight last in that row. Bonus
    points count up to `most_bonus`; with `bonus_lifts` false they lift no score over `pass_score`.
    Fewer sheets than `fewest_sheets` are no panel. A difference of `spread` points or more between
    two sheets of an application is flagged.
    """

    criteria: tuple[Criterion, ...]
    combine: Combine = Combine.TRIMMED
    decimals: int | None = None
    pass_score: Fraction | None = None
    most_bonus: Fraction | None = None
    bonus_lifts: bool = True
    ties: tuple[tuple[str, ...], ...] = ()
    by_heaviest: bool = False
    fewest_sheets: int = 1
    spread: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one reviewer gave: the percentage for every criterion, and the gates not passed."""

    reviewer: str
    marks: Mapping[str, Fraction]
    failed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """An application with its sheets.

    `bonus` are points by rule, `penalty` points as a positive number; `belongs` says where it
    counts for quotas: {"region": "Gwangju"}. `gates` failed by more than half of the sheets keep it
    out. Those of a lower `tier` stand first whatever the scores: what was fixed before the rest was
    judged again.
    """

    id: str
    sheets: tuple[Sheet, ...]
    panel: str = ""
    bonus: Fraction = Fraction(0)
    penalty: Fraction = Fraction(0)
    belongs: Mapping[str, str] = field(default_factory=dict)
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Quota:
    """Of the places, at least `least` and at most `most` go to what belongs to `value` of `by`.

    Of those for whom it is full, `reserve` wait for one of its places.
    """

    by: str
    value: str
    least: int = 0
    most: int | None = None
    reserve: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """How many are selected, how many wait as a reserve, and the quotas among the selected."""

    selected: int
    reserve: int = 0
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelScore:
    """The score of one application before bonus points, and how it came about.

    `totals` are those of the sheets in their order; `left_out` the numbers of the sheets that do
    not count; `marks` the panel's mean percentage by criterion over those that do.
    """

    totals: tuple[Fraction, ...]
    left_out: frozenset[int]
    score: Fraction
    marks: Mapping[str, Fraction]
    points: Mapping[str, Fraction]
    failed: tuple[str, ...]
    spread: Fraction
    is_wide: bool


class Outcome(StrEnum):
    SELECTED = "SELECTED"
    RESERVE = "RESERVE"
    REJECTED = "REJECTED"


class Cause(StrEnum):
    """Why an application has its outcome; `Ranked.of` names the gate, criterion or quota."""

    IN_PLACES = "IN_PLACES"
    BY_QUOTA = "BY_QUOTA"
    NEXT_IN_LINE = "NEXT_IN_LINE"
    BEYOND_PLACES = "BEYOND_PLACES"
    QUOTA_FULL = "QUOTA_FULL"
    DISPLACED_BY_QUOTA = "DISPLACED_BY_QUOTA"
    GATE = "GATE"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the ranking. Equal `rank` means that the order of ties did not decide."""

    id: str
    panel: str
    rank: int
    score: PanelScore
    bonus: Fraction
    final: Fraction
    outcome: Outcome
    cause: Cause
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All applications, the best first."""

    lines: tuple[Ranked, ...]

    def line(self, entry: str) -> Ranked:
        """Return the line of one application."""
        return next(line for line in self.lines if line.id == entry)


class UnusableSheets(ValueError):
    """Sheets that cannot be counted; the text says which and why."""
