"""What ties organisations and people to each other; an app's `ties.py` says what of its own.

Conflicts of interest are computed from it (`engines/conflicts`). Parties are written as
`organisation:12`, `person:7`, `group:3`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from dure.engines.conflicts import Fact
from dure.foundation.registry import Registry

Ask = Callable[[Collection[int], Collection[int]], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class TieSource:
    """`ask(people, organisations)` gives the facts that concern any of them, by primary key."""

    code: str
    ask: Ask


SOURCES = Registry[TieSource]("source of ties")


def tie_source(code: str) -> Callable[[Ask], Ask]:
    """Make a function a source of ties."""

    def register(ask: Ask) -> Ask:
        SOURCES.add(code, TieSource(code, ask))
        return ask

    return register


def ties_of(people: Collection[int], organisations: Collection[int]) -> tuple[Fact, ...]:
    """Everything that any app knows that ties these people and organisations to others."""
    return tuple(fact for source in SOURCES for fact in source.ask(people, organisations))


def person(pk: int) -> str:
    """How a person is written as a party."""
    return f"person:{pk}"


def organisation(pk: int) -> str:
    """How an organisation is written as a party."""
    return f"organisation:{pk}"


def group(pk: int) -> str:
    """How a group of companies is written as a party."""
    return f"group:{pk}"
