"""Boards of figures (현황판): the file that says which reader is shown which charts."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from dure.foundation.declared import Strict, Words

FILE = Path(__file__).with_name("boards.toml")
COUNTING = {"years", "bars", "regions"}

Show = Literal["years", "bars", "regions", "funnel", "plan", "late"]
Scope = Literal["all", "own", "published"]


class Chart(Strict):
    """A chart and the question that it answers."""

    id: str = Field(pattern=r"^[a-z_]{2,40}$")
    show: Show
    asks: Words
    measure: str = ""
    by: str = ""
    where: dict[str, list[str]] = {}

    @model_validator(mode="after")
    def _is_whole(self) -> "Chart":
        if (self.show in COUNTING) != bool(self.measure) or (self.show == "bars") != bool(self.by):
            raise ValueError(f"{self.id}: years, bars and regions count a measure, bars `by` what")
        return self


class Board(Words):
    """Charts for one kind of reader; `scope` says of what their figures are made."""

    id: str = Field(pattern=r"^[a-z]{2,20}$")
    lead: Words
    scope: Scope
    charts: list[Chart]
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    for_all: bool = False
    home_region: bool = False

    @model_validator(mode="after")
    def _is_safe(self) -> "Board":
        if self.for_all and self.scope != "published":
            raise ValueError(f"{self.id}: everybody is shown what is published and nothing else")
        if self.kinds and self.scope != "own":
            raise ValueError(f"{self.id}: an organisation is shown its own figures")
        return self

    def chart(self, code: str) -> Chart | None:
        """One of its charts."""
        return next((chart for chart in self.charts if chart.id == code), None)


class _File(Strict):
    boards: list[Board]


@cache
def boards() -> list[Board]:
    """Every board, in the order of the file."""
    return _File.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8"))).boards
