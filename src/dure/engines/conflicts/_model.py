"""Dated facts, policies and conflicts, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fact:
    """Something between two parties, persons or bodies, from `start` to `end` (None: open).

    What belongs stands first: a person before the employer, a firm before its group.
    """

    kind: str
    party: str
    other: str
    start: date | None = None
    end: date | None = None


class Circle(StrEnum):
    """BELONGS draws the other party into the circle of the first; TIE ties circles together;
    PERSON ties the two persons alone.
    """

    BELONGS = "belongs"
    TIE = "tie"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rule:
    """For how long a kind of fact counts after its end: `years`, for ever with None.

    With `whole_years` the term begins on 1 January, so many calendar years before.
    """

    circle: Circle
    years: int | None = None
    whole_years: bool = False

    def since(self, on: date) -> date | None:
        """Return the first day on which something may have ended and still count."""
        if self.years is None:
            return None
        year = on.year - self.years
        if self.whole_years:
            return date(year, 1, 1)
        # Somebody's 29 February counts until the first of March.
        return date(year, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=year)


@dataclass(frozen=True, slots=True)
class Policy:
    """Which kinds of facts are conflicts, for how long; parties in `exempt` tie nobody."""

    rules: Mapping[str, Rule]
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """`party` is what both have in common, or whom the fact names."""

    kind: str
    party: str
    since: date | None = None
    until: date | None = None
