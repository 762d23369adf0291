"""What an expense is to rules of use, and what a rule says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from fractions import Fraction

Fact = bool | int | Fraction | str | time | tuple[int, ...]
Facts = Mapping[str, Fact]
"""What is known of an expense: `amount` in won, `time` of day, `paid_by`, … A fact that is not
there is not known, and no rule is broken by what is not known."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be so of one fact; exactly one of the other fields is given.

    `one_of`, `none_of`: the value; `above`, `at_least`, `below`: a number; `hours`: the time of
    day, both ends counted, over midnight where the first is the later; `names`: the text holds one
    of these words.
    """

    fact: str
    one_of: tuple[Fact, ...] | None = None
    none_of: tuple[Fact, ...] | None = None
    above: Fraction | None = None
    at_least: Fraction | None = None
    below: Fraction | None = None
    hours: tuple[time, time] | None = None
    names: tuple[str, ...] | None = None


class Part(StrEnum):
    """How much of an expense a rule disallows.

    WHOLE; FACT: the sum that a fact names, such as the VAT; ABOVE: what lies above `won`; PER_HEAD:
    above `won` for each of the heads; BEYOND: the part of the days beyond the planned ones; SHARE:
    what lies above `share` of a fact; PARTICIPATION: pay for more than all of a person's time.
    NOTHING is disallowed by a rule that only asks somebody to look.
    """

    WHOLE = "whole"
    FACT = "fact"
    ABOVE = "above"
    PER_HEAD = "per_head"
    BEYOND = "beyond"
    SHARE = "share"
    PARTICIPATION = "participation"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Disallowed:
    """The part that is disallowed; which fields count is said at the members of Part."""

    part: Part = Part.WHOLE
    fact: str = ""
    allowed: str = ""
    won: int = 0
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all of `when` is so, and nothing of `unless`, a part is disallowed."""

    id: str
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    disallowed: Disallowed = field(default_factory=Disallowed)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule disallows of an expense, in won."""

    rule: str
    disallowed: int
