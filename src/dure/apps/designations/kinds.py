"""Registers of designations: each a file of `designations/`, read strictly.

A file says what is registered, which columns it has, and through which stages an entry goes, by
whose hand, with which term; what is in force may be a fact for calls and an outcome.
"""

from functools import cache
from typing import Annotated, Literal

from pydantic import (
    Field,
    model_validator,
)

from dure.foundation.declared import BrokenFile, Declared, Id, Named, Strict, Words, all_declared

Side = Literal["firm", "buyer", "office"]


class Choice(Named):
    """A value that a column can have."""


class Column(Named):
    """What is kept of an entry; what is not `public` only its own sides and the office read."""

    kind: Literal["text", "number", "won", "choice"]
    choices: list[Choice] = []
    required: bool = False
    public: bool = True

    def said(self, value: str | int) -> str:
        """A value in the reader's language."""
        if isinstance(value, int):
            return f"{value:,}"
        return next((str(choice) for choice in self.choices if choice.id == value), value)


class Reported(Strict):
    """The outcome that a stage reports, with the column that says its amount in won."""

    kind: Id
    amount: str = ""


class Stage(Named):
    """Where an entry is; `by` moves it here, `asks` are columns to fill in then.

    `lapses_to` is where it goes by itself when its term ends.
    """

    by: list[Side] = ["office"]
    next: list[Id] = []
    asks: list[Id] = []
    in_force: bool = False
    starts_term: bool = False
    needs_reason: bool = False
    lapses_to: str = ""
    outcome: Reported | None = None


class Register(Declared):
    """A register: its columns, its stages (the first is where an entry begins), its term."""

    about: Words
    title: Words
    opened_by: list[Side]
    has_counterpart: bool = False
    from_talk: bool = False
    catalogue: bool = False
    parent: str = ""
    term_months: int = Field(default=0, ge=0, le=600)
    remind_days: list[Annotated[int, Field(gt=0, le=1000)]] = []
    fact: str = ""
    columns: list[Column]
    stages: list[Stage] = Field(min_length=2)

    @model_validator(mode="after")
    def _fits_together(self) -> "Register":
        stages, columns = (
            [stage.id for stage in self.stages],
            [column.id for column in self.columns],
        )
        for names in (stages, columns):
            if len(set(names)) != len(names):
                raise ValueError("an id stands twice")
        for stage in self.stages:
            unknown = {*stage.next, *filter(None, [stage.lapses_to])} - set(stages)
            amount = stage.outcome.amount if stage.outcome else ""
            unknown |= {*stage.asks, *filter(None, [amount])} - set(columns)
            if unknown:
                raise ValueError(
                    f"stage {stage.id}: nothing is called {', '.join(sorted(unknown))}"
                )
        if any((column.kind == "choice") != bool(column.choices) for column in self.columns):
            raise ValueError("choices belong to a column of the kind choice, and only there")
        return self

    @property
    def first(self) -> Stage:
        """Where an entry begins."""
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        """A stage by its id; one that the file no longer knows has its id for a name."""
        stage = next((candidate for candidate in self.stages if candidate.id == code), None)
        return stage or Stage(id="unknown", ko=code, en=code, by=[])

    def column(self, code: str) -> Column | None:
        """A column by its id."""
        return next((column for column in self.columns if column.id == code), None)

    @property
    def in_force(self) -> list[str]:
        """The stages in which a designation holds."""
        return [stage.id for stage in self.stages if stage.in_force]

    @property
    def entered_at_first(self) -> list[Column]:
        """The columns that are filled in when an entry begins: those that no later stage asks."""
        later = {name for stage in self.stages for name in stage.asks}
        return [column for column in self.columns if column.id not in later]


@cache
def registers() -> dict[str, Register]:
    """Every register by its id, in the order of their places. Raises BrokenFile."""
    known = all_declared("designations", Register)
    for register in known.values():
        if register.parent and register.parent not in known:
            raise BrokenFile(f"{register.id}.toml: there is no register {register.parent}")
    return known


def register_of(code: str) -> Register | None:
    """The register with this id; None where there is none."""
    return registers().get(code)
