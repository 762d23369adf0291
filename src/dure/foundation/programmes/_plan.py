"""Reads a plan of money from JSON: who pays what, for how long, on what."""

from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from dure.engines import funding
from dure.foundation.programmes._parts import MOST_WON, Text
from dure.foundation.strict_json import StrictJson, UnusableJson, read_strictly

MOST_BYTES = 5_000_000
_MOST_ROWS = 10_000

Word = Annotated[str, Field(max_length=100)]
Amount = Annotated[int, Field(ge=0, le=MOST_WON)]
Year = Annotated[int, Field(ge=1, le=2200)]
_Model = TypeVar("_Model", bound=BaseModel)


class UnusablePlan(UnusableJson):
    """A plan that cannot be read; `faults` say where and why."""


def loaded(model: type[_Model], content: bytes, most_bytes: int = MOST_BYTES) -> _Model:
    """Return what `content` says in JSON. Raises UnusablePlan with the place of every fault."""
    try:
        return read_strictly(model, content, most_bytes)
    except UnusableJson as error:
        raise UnusablePlan(list(error.faults)) from error


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
