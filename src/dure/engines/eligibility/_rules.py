"""The kinds of eligibility rules: what each asks of a fact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dure.engines.eligibility._model import Span, Value


class Question(Protocol):
    """What a rule asks; `fact` names the fact that it rests on."""

    @property
    def fact(self) -> str: ...

    def answer(self, value: Value, on: date) -> bool | None:
        """Return whether `value` is as the rule wants it on the day `on`; None when it is too vague."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of `values`."""

    fact: str
    values: tuple[str, ...]

    def answer(self, value: Value, on: date) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The fact is none of `values`."""

    fact: str
    values: tuple[str, ...]

    def answer(self, value: Value, on: date) -> bool:
        return value not in self.values


@dataclass(frozen=True, slots=True)
class AtMost:
    """The number is at most `most`."""

    fact: str
    most: int

    def answer(self, value: Value, on: date) -> bool:
        return isinstance(value, int) and value <= self.most


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is at least `least`."""

    fact: str
    least: int

    def answer(self, value: Value, on: date) -> bool:
        return isinstance(value, int) and value >= self.least


@dataclass(frozen=True, slots=True)
class Younger:
    """The day lies at most `years` years back; the anniversary itself still counts."""

    fact: str
    years: int

    def answer(self, value: Value, on: date) -> bool | None:
        if isinstance(value, Span):
            answers = {self.answer(day, on) for day in (value.first, value.last)}
            return answers.pop() if len(answers) == 1 else None
        if not isinstance(value, date) or value > on:
            return False
        return (on.year - value.year, on.month, on.day) <= (self.years, value.month, value.day)


@dataclass(frozen=True, slots=True)
class Clear:
    """The fact is not so: no sanction, no arrears, no earlier work of the same content."""

    fact: str

    def answer(self, value: Value, on: date) -> bool:
        return value is False


@dataclass(frozen=True, slots=True)
class Holds:
    """The fact is so."""

    fact: str

    def answer(self, value: Value, on: date) -> bool:
        return value is True


@dataclass(frozen=True, slots=True)
class Shown:
    """One of `any_of` has been shown, such as a purchase contract, or is known to be so."""

    any_of: tuple[str, ...]
    fact: str = "confirmed"

    def met_by(self, confirmed: Collection[str]) -> bool:
        """Return whether one of the papers is there."""
        return not set(self.any_of).isdisjoint(confirmed)

    def answer(self, value: Value, on: date) -> bool:
        return value in self.any_of
