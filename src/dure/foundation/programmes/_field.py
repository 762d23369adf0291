"""Reads a field of applications from JSON, to run a call on it."""

import contextlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from dure.engines import eligibility, funding
from dure.foundation.programmes._plan import Facts, PlanFile, Word, loaded, to_plan
from dure.foundation.strict_json import StrictJson

_MOST_APPLICATIONS = 100_000
_MOST_BYTES = 200_000_000
Value = bool | int | Word


class _Application(StrictJson):
    id: Word
    facts: dict[Word, dict[Word, Value]] = {}
    confirmed: Annotated[list[Word], Field(max_length=200)] = []
    documents: Annotated[list[Word], Field(max_length=500)] | None = None
    plan: PlanFile | None = None
    scores: dict[Word, Annotated[int, Field(ge=0, le=100)]] | None = None
    bonus: list[Word] = []


class _Field(StrictJson):
    applications: Annotated[list[_Application], Field(max_length=_MOST_APPLICATIONS)]


@dataclass(frozen=True, slots=True)
class Application:
    """One application of a field; what is None was not said and is not judged."""

    id: str
    applicant: eligibility.Applicant
    documents: frozenset[str] | None
    plan: funding.Plan | None
    scores: dict[str, int] | None
    bonus: tuple[str, ...]


def read_field(content: bytes) -> tuple[Application, ...]:
    """Return the applications of `content`. Raises UnusablePlan with the place of every fault."""
    return tuple(map(_application, loaded(_Field, content, _MOST_BYTES).applications))


def _application(read: _Application) -> Application:
    facts = tuple(
        eligibility.Fact(name, _value(value), whose)
        for whose, known in read.facts.items()
        for name, value in known.items()
    )
    return Application(
        read.id,
        eligibility.Applicant(facts, frozenset(read.confirmed), frozenset({"lead", *read.facts})),
        None if read.documents is None else frozenset(read.documents),
        None if read.plan is None else to_plan(_with_confirmed(read.plan, read.confirmed)),
        read.scores,
        tuple(read.bonus),
    )


def _with_confirmed(plan: PlanFile, confirmed: list[str]) -> PlanFile:
    """What an application has shown holds for its plan as well."""
    facts = plan.facts or Facts()
    return plan.model_copy(
        update={
            "facts": facts.model_copy(update={"confirmed": [*(facts.confirmed or ()), *confirmed]})
        }
    )


def _value(value: bool | int | str) -> eligibility.Value:
    """A day, where a text is one; JSON has no days."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    return value
