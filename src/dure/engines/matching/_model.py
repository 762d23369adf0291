"""What is matched, and what comes out, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    NEED = "NEED"
    TECHNOLOGY = "TECHNOLOGY"
    PROFILE = "PROFILE"


@dataclass(frozen=True, slots=True)
class Document:
    """A need or a technology (or any other profile) with what is known about it.

    `language` is "ko", "en" or "" (then it is read from the text); `field` and `region` are codes;
    `trl` is the readiness that a need asks for or a technology has reached; `cooperation` are the
    forms of cooperation wished for. What is unknown stays empty and neither helps nor hurts.
    """

    id: str
    title: str
    body: str
    kind: Kind = Kind.PROFILE
    language: str = ""
    keywords: tuple[str, ...] = ()
    field: str = ""
    trl: int | None = None
    region: str = ""
    cooperation: frozenset[str] = frozenset()
    organisation: str = ""
    group: str = ""

    @property
    def text(self) -> str:
        """Everything there is to read; passages are positions in this text."""
        return "\n".join(part for part in (self.title, self.body, ", ".join(self.keywords)) if part)


class Strength(StrEnum):
    """How far to trust a suggestion; the bounds are fitted on labelled pairs."""

    STRONG = "STRONG"
    GOOD = "GOOD"
    PARTIAL = "PARTIAL"
    WEAK = "WEAK"

    @property
    def answers(self) -> bool:
        """True when it is likely right: of the weaker ones at most every second one is."""
        return self in (Strength.STRONG, Strength.GOOD)


class Facet(StrEnum):
    """What is scored separately and shown separately."""

    WORDS = "WORDS"
    TRANSLATION = "TRANSLATION"
    MEANING = "MEANING"
    KEYWORDS = "KEYWORDS"
    FIELD = "FIELD"
    READINESS = "READINESS"
    REGION = "REGION"
    COOPERATION = "COOPERATION"


class Code(StrEnum):
    """Why a technology was suggested; a presenter turns code and arguments into a sentence."""

    WORDS_SHARED = "WORDS_SHARED"
    WORDS_TRANSLATED = "WORDS_TRANSLATED"
    PASSAGE_ANSWERS = "PASSAGE_ANSWERS"
    PASSAGE_NEAR = "PASSAGE_NEAR"
    KEYWORDS_FOUND = "KEYWORDS_FOUND"
    FIELD_SAME = "FIELD_SAME"
    FIELD_DIFFERENT = "FIELD_DIFFERENT"
    READINESS_REACHED = "READINESS_REACHED"
    READINESS_SHORT = "READINESS_SHORT"
    REGION_SAME = "REGION_SAME"
    REGION_DIFFERENT = "REGION_DIFFERENT"
    COOPERATION_SHARED = "COOPERATION_SHARED"
    COOPERATION_DIFFERENT = "COOPERATION_DIFFERENT"


Argument = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause: `effect` is +1 where it helped, -1 where it hurt, 0 where it only shows."""

    code: Code
    effect: int
    arguments: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate with its place; `facets` holds each sub-score that was known.

    `score` only orders the candidates of one query and says nothing by itself.
    """

    id: str
    rank: int
    strength: Strength
    score: float
    facets: Mapping[Facet, float]
    passage: int
