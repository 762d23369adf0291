"""What the platform knows of organisations; an app's `facts.py` says what of its own.

The rules of programmes ask for facts (`docs/reference/programme-file.md` lists them), the engine of
eligibility decides on them. A source says nothing where it does not know.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.engines.eligibility import Fact
from dure.foundation.registry import Registry

Ask = Callable[[Any, date], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class FactSource:
    """`ask(organisation, on)` gives what is known of an organisation for the day `on`.

    The engine itself leaves out facts dated later, and sets whose they are.
    """

    code: str
    ask: Ask


SOURCES = Registry[FactSource]("source of facts")


def fact_source(code: str) -> Callable[[Ask], Ask]:
    """Make a function a source of facts about organisations."""

    def register(ask: Ask) -> Ask:
        SOURCES.add(code, FactSource(code, ask))
        return ask

    return register


def facts_about(organisation: Any, on: date) -> tuple[Fact, ...]:
    """Everything that any app knows of an organisation for the day `on`."""
    return tuple(fact for source in SOURCES for fact in source.ask(organisation, on))
