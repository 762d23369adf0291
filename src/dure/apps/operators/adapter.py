"""The rules by which operators are ranked: files, and the quota that follows from a rank."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dure.values.money import split

FOLDER = Path(__file__).parents[4] / "operators"
LARGEST_FILE = 100_000


class BrokenRule(ValueError):
    """A file that is no rule; says the file, the key and what is wrong."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Names(_Strict):
    """A name in both languages."""

    ko: str = Field(min_length=1, max_length=200)
    en: str = Field(min_length=1, max_length=200)

    def in_language(self, language: str | None) -> str:
        """The name for a reader."""
        return self.en if language == "en" else self.ko


class Measure(_Strict):
    """What is counted of an operator's year, and how much it weighs."""

    id: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    name: Names
    weight: Annotated[int, Field(gt=0, le=100)]


class Band(_Strict):
    """The operators up to a part of the ranking, and how many even parts of the places they get."""

    up_to: Annotated[float, Field(gt=0, le=1)]
    factor: Annotated[float, Field(ge=0, le=10)]


class Rule(_Strict):
    """How operators of a programme are appointed, ranked and given their quota."""

    id: Annotated[str, Field(pattern=r"^[a-z-]{1,40}$")]
    name: Names
    term_years: Annotated[int, Field(ge=1, le=10)]
    reminder_days: list[Annotated[int, Field(ge=1, le=1000)]]
    measures: list[Measure] = Field(min_length=1, max_length=20)
    bands: list[Band] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _whole(self) -> "Rule":
        ids = [measure.id for measure in self.measures]
        if len(set(ids)) < len(ids):
            raise ValueError("measures: two have the same id")
        ends = [band.up_to for band in self.bands]
        if ends != sorted(set(ends)) or ends[-1] != 1:
            raise ValueError("bands: up_to must rise from band to band and end at 1.0")
        if not any(band.factor for band in self.bands):
            raise ValueError("bands: at least one factor must be above 0")
        return self


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where an operator stands: points out of the sum of the weights, rank from 1, places."""

    operator: int
    points: float
    rank: int
    quota: int


def read(content: str, name: str) -> Rule:
    """The rule in a text. Raises BrokenRule, which names the file and the key."""
    try:
        return Rule.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise BrokenRule(f"{name}: {error}") from error
    except ValidationError as error:
        lines = (
            f"{name}: {'.'.join(map(str, error['loc'])) or 'the file'}: {error['msg']}"
            for error in error.errors(include_url=False)
        )
        raise BrokenRule("\n".join(lines)) from error


def rules() -> dict[str, str]:
    """The texts of the rules that come with dure, by id."""
    rules = {}
    for path in sorted(FOLDER.glob("*.toml")):
        content = path.read_text(encoding="utf-8")
        rules[read(content, path.name).id] = content
    return rules


def ranked(results: Mapping[int, Mapping[str, float]], rule: Rule, places: int) -> list[Ranked]:
    """Operators from the best to the last, with the places of the next year.

    Every measure counts as its share of the best figure times its weight; equal points share a
    rank. The quotas sum to `places`: even parts times the factor of the band, split by largest
    remainder, of equal ones the better and then the older id first.
    """
    best = {m.id: max((row[m.id] for row in results.values()), default=0) for m in rule.measures}
    points = {
        operator: sum(
            (Fraction(m.weight) * Fraction(row[m.id]) / Fraction(best[m.id]) if best[m.id] else 0)
            for m in rule.measures
        )
        for operator, row in results.items()
    }
    order = sorted(points, key=lambda operator: (-points[operator], operator))
    ranks = [1 + sum(other > points[operator] for other in points.values()) for operator in order]
    factors = [_factor(rule.bands, rank, len(order)) for rank in ranks]
    if not any(factors):
        factors = [Fraction(1) for _ in factors]
    quotas = split(places, factors) if order else []
    return [
        Ranked(operator, round(float(points[operator]), 2), rank, quota)
        for operator, rank, quota in zip(order, ranks, quotas, strict=True)
    ]


def _factor(bands: Sequence[Band], rank: int, count: int) -> Fraction:
    part = rank / count
    return Fraction(str(next(band.factor for band in bands if part <= band.up_to)))
