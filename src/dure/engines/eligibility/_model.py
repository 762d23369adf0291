"""Rules of who may apply, facts about those who do, and verdicts, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A day of which only the first and the last possible one are known."""

    first: date
    last: date


Value = bool | int | str | date | Span


class Source(StrEnum):
    """Where a fact comes from, the most trustworthy first.

    A registry that was asked, a dated list that an office took in, the platform's own records, and
    what somebody declares.
    """

    REGISTRY = "registry"
    IMPORTED = "imported"
    OWN = "own"
    DECLARED = "declared"


class Answer(StrEnum):
    """UNKNOWN: a fact is lacking, so nobody can say yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What a «no» means: out, or only behind those with a «yes»."""

    EXCLUDES = "excludes"
    COMES_FIRST = "comes_first"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about `whose` (a role) as of a day.

    `origin` names the register, list or page in plain words, where that is known.
    """

    name: str
    value: Value
    whose: str = "lead"
    as_of: date | None = None
    source: Source = Source.DECLARED
    origin: str = ""
