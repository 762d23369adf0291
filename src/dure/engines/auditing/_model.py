"""What a signal is, what it finds, and how a ledger lies before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ibis.expr.types import Table

Keep = Callable[[Table, str], Table]
"""Works a table out once and gives it back under a name; where nobody does, it stays an expression."""


class Level(StrEnum):
    """How much a signal says by itself."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Words:
    """A signal in one language."""

    name: str
    looks_for: str
    why: str
    sentence: str
    innocent: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal as its file says it.

    `needs` are the columns without which it is silent: those of the expenses by name, others as
    `projects.end` or `relations.percent`. `facts` says of each value that the sentence names
    whether it is a text, won, a share, a count or a day.
    """

    code: str
    level: Level
    place: int
    source: str
    needs: tuple[str, ...]
    parameters: Mapping[str, Any]
    facts: Mapping[str, str]
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The spending of many projects, in columns of known types: see `prepare`."""

    expenses: Table
    """row, project, date, minute, item, kind, vendor, who, account, method, amount, vat, purpose,
    evidence, person, attendees, in_plan, firm, start, end, total"""
    projects: Table
    plans: Table
    """project, kind, planned"""
    relations: Table
    repeated_evidence: Table
    """the expenses whose evidence stands more than once anywhere"""
    repeated_amounts: Table
    """the expenses of which a project has another to the same vendor over the same amount"""
    columns: frozenset[str]
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one signal saw in one project: score of 0 to 1, the rows, and what the sentence names."""

    project: str
    signal: str
    level: Level
    score: float
    rows: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project in its place, 1 first; a score of 0 where no signal spoke."""

    project: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Silent:
    """A signal that could not look, and the columns that it lacked."""

    signal: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """What a run saw: findings best first, every project in its place, and who was silent."""

    findings: tuple[Finding, ...]
    ranking: tuple[Ranked, ...]
    silent: tuple[Silent, ...] = field(default=())
