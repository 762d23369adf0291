"""The rule of a vote, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Base(StrEnum):
    """Of what a majority is a part."""

    VALID = "valid"  # votes cast, abstentions left out
    CAST = "cast"  # votes cast, abstentions with them
    PRESENT = "present"  # all who are present, also those who cast none
    ENTITLED = "entitled"  # all who could be there


class Tie(StrEnum):
    """What becomes of two options that lead together."""

    UNDECIDED = "undecided"
    CHAIR = "chair"  # the chair's casting vote


class Outcome(StrEnum):
    """How a vote ended."""

    CARRIED = "carried"
    TIED = "tied"
    NO_MAJORITY = "no_majority"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class Share:
    """A part between 0 and 1 that is to be reached, or passed where `is_more`.

    >>> Share(Fraction(1, 2), is_more=True).needed(10), Share(Fraction(2, 3)).needed(10)
    (6, 7)
    """

    part: Fraction
    is_more: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.part <= 1 or (self.is_more and self.part == 1):
            raise ValueError(f"{self.part} is no part that can be reached")

    def needed(self, whole: int) -> int:
        """The fewest of `whole` people that are enough."""
        exact = self.part * whole
        return exact.__floor__() + 1 if self.is_more else exact.__ceil__()


@dataclass(frozen=True, slots=True)
class Rule:
    """What is voted on and what carries it: `abstention` is the option that is none, or empty.

    The `quorum` is a part of the entitled, the `majority` one of its `base`.
    """

    options: tuple[str, ...]
    abstention: str
    quorum: Share
    majority: Share
    base: Base = Base.VALID
    tie: Tie = Tie.UNDECIDED

    def __post_init__(self) -> None:
        if len(set(self.options)) != len(self.options) or len(self.options) < 2:
            raise ValueError("a vote has two options or more, each once")
        if self.abstention and self.abstention not in self.options:
            raise ValueError(f"{self.abstention} is none of the options")


@dataclass(frozen=True, slots=True)
class Result:
    """The counts of every option, how the vote ended, which option was carried, how many it took."""

    counts: Mapping[str, int]
    outcome: Outcome
    option: str
    needed: int
    needed_present: int
    is_by_chair: bool = False
