"""Rules of who may apply, facts about those who do, and verdicts, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = bool | int | str | date


class Source(StrEnum):
    """Where a fact comes from; what a registry says stands above what somebody declares."""

    REGISTRY = "registry"
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
    """Something known about `whose` (a role) as of a day."""

    name: str
    value: Value
    whose: str = "lead"
    as_of: date | None = None
    source: Source = Source.DECLARED
