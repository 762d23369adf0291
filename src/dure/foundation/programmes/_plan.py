"""Reads a plan of money from JSON: who pays what, for how long, on what."""

import codecs
import json
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dure.engines import funding
from dure.foundation.programmes._mistakes import key_of
from dure.foundation.programmes._parts import MOST_WON, Text

MOST_BYTES = 5_000_000
_MOST_ROWS = 10_000

Word = Annotated[str, Field(max_length=100)]
Amount = Annotated[int, Field(ge=0, le=MOST_WON)]
Year = Annotated[int, Field(ge=1, le=2200)]


_Model = TypeVar("_Model", bound=BaseModel)


class UnusablePlan(ValueError):
    """A plan that cannot be read; `faults` say where and why."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class StrictJson(BaseModel):
    """Knows its keys and takes no value for another."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Money(StrictJson):
    role: Word | None = None
    instrument: Word | None = None
    kind: Word | None = None
    amount: Amount | None = None
    year: Year | None = None
    phase: Word | None = None
    organisation: Word | None = None


class _Cost(StrictJson):
    category: Word | None = None
    kind: Word | None = None
    amount: Amount | None = None
    organisation: Word | None = None
    # Limits of categories are those of the whole project, so these two are taken and not used.
    year: Year | None = None
    phase: Word | None = None


class Facts(StrictJson):
    """The facts of a plan that are known everywhere; others are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    trl: Annotated[int, Field(ge=1, le=9)] | None = None
    size: Word | None = None
    region: Word | None = None
    founded: date | None = None
    confirmed: Annotated[list[Word], Field(max_length=200)] | None = None


class PlanFile(StrictJson):
    """A plan as its file says it."""

    months: Annotated[int, Field(ge=1, le=1200)] | None = None
    money: Annotated[list[_Money], Field(max_length=_MOST_ROWS)] | None = None
    categories: Annotated[list[_Cost], Field(max_length=_MOST_ROWS)] | None = None
    facts: Facts | None = None


def read_plan(content: bytes) -> funding.Plan:
    """Return the plan that `content` says; what is absent or null is not known yet.

    Raises UnusablePlan with the place of every fault.
    """
    return to_plan(loaded(PlanFile, content))


class Sample(StrictJson):
    """A plan that shows what a change of rules does; `passes` is what comes of it as they are."""

    name: Text
    passes: bool
    plan: PlanFile

    def read(self) -> funding.Plan:
        """Return the plan."""
        return to_plan(self.plan)


class SampleFile(StrictJson):
    """The sample plans of a programme."""

    samples: Annotated[list[Sample], Field(max_length=100)]


def loaded(model: type[_Model], content: bytes, most_bytes: int = MOST_BYTES) -> _Model:
    """Return what `content` says in JSON. Raises UnusablePlan with the place of every fault."""
    if len(content) > most_bytes:
        raise UnusablePlan([f"the file is too big; at most {most_bytes:,} bytes are read"])
    content = content.removeprefix(codecs.BOM_UTF8)
    _refuse_ambiguity(content)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        faults = [
            f"{key_of(each['loc'])}: {each['msg']}".removeprefix(": ") for each in error.errors()
        ]
        raise UnusablePlan(list(dict.fromkeys(faults))) from error


def _refuse_ambiguity(content: bytes) -> None:
    """Refuse what readers of JSON take differently: keys that stand twice, NaN, deep nesting."""
    try:
        json.loads(content, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except RecursionError as error:
        raise UnusablePlan(["the file is nested too deeply"]) from error
    except UnicodeDecodeError as error:
        raise UnusablePlan(["the file is not text in UTF-8"]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnusablePlan([f"{place}: {error.msg}"]) from error
    except ValueError as error:
        raise UnusablePlan([str(error)]) from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            raise ValueError(f"the key {key!r} stands twice in one object")
        read[key] = value
    return read


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def to_plan(read: PlanFile) -> funding.Plan:
    """Return what a plan's file says as a value of the engine."""
    facts = read.facts or Facts()
    return funding.Plan(
        months=read.months,
        money=tuple(funding.Money(**row.model_dump()) for row in read.money or ()),
        costs=tuple(
            funding.Cost(row.category, row.kind, row.amount, row.organisation)
            for row in read.categories or ()
        ),
        facts=funding.Facts(
            trl=facts.trl,
            size=facts.size,
            region=facts.region,
            founded=facts.founded,
            confirmed=frozenset(facts.confirmed or ()),
        ),
    )
