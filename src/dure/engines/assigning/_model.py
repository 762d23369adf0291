"""Reviewers, applications and who reads what, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Pair = tuple[str, str]
"""A reviewer and an application, in this order."""


class Objective(StrEnum):
    """TOTAL: the highest sum of all fits. FAIR: lift the worst-off application, then the next."""

    TOTAL = "total"
    FAIR = "fair"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who reads between `min` and `max` applications (None: any number).

    `kinds` are what applications may ask for: a profession, a region, a sector.
    """

    id: str
    min: int = 0
    max: int | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Application:
    """Something that exactly `reviews` people read, at least `needs[kind]` of them of a kind."""

    id: str
    reviews: int
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instance:
    """One assignment to be made.

    `fit` is how well a reviewer and an application go together, in whole units of any size (they
    add up without rounding); a pair without one counts 0, and so does no other. Pairs in
    `conflicts` must not be, pairs in `fixed` must.
    """

    reviewers: tuple[Reviewer, ...]
    applications: tuple[Application, ...]
    fit: Mapping[Pair, int] = field(default_factory=dict)
    conflicts: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reads what: the reviewers of every application, both in the order of the instance.

    `total` is the sum of all fits, `worst` the smallest sum of one application. `bound` is a proven
    upper limit of what was sought: of the total, or, under FAIR, of the worst. `optimal` says that
    it is reached. Under FAIR the applications above the worst are lifted one after the other too;
    `leximin` says that this is proven as well.
    """

    reviewers_of: Mapping[str, tuple[str, ...]]
    total: int
    worst: int
    bound: int
    optimal: bool
    leximin: bool = False

    @property
    def pairs(self) -> frozenset[Pair]:
        """All pairs of a reviewer and an application."""
        return frozenset(
            (reviewer, application)
            for application, reviewers in self.reviewers_of.items()
            for reviewer in reviewers
        )


class Impossible(Exception):
    """No assignment keeps all limits of the instance; `explain` says which of them clash."""


class OutOfTime(Exception):
    """The time was not enough to find any assignment, nor to prove that there is none."""
