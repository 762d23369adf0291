"""The part of a programme file that says who may apply, and what is asked of them when."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from dure.foundation.programmes._facts import listed_facts
from dure.foundation.programmes._parts import (
    BodyName,
    Count,
    FactName,
    Id,
    Number,
    Percent,
    RoleName,
    StepName,
    Strict,
    Text,
)
from dure.foundation.programmes._words import ids
from dure.foundation.vocabularies import entries

MONTH_AND_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


class _Eligibility(Strict):
    """What eligibility rules have in common.

    `whose` are the roles it looks at, `until` the step by which a «no» can be cured (absent: not),
    `unless` facts that exempt. `comes_first` makes it a matter of rank and not of admission.
    `closes_by` is a month and day, "03-31": only for calls that close by it does `until` hold.
    """

    id: Id
    whose: Annotated[list[RoleName], Field(min_length=1)] = ["lead"]
    until: StepName | None = None
    closes_by: Annotated[str, Field(pattern=MONTH_AND_DAY)] | None = None
    unless: list[FactName] = []
    comes_first: bool = False
    source: str | None = None


class OneOf(_Eligibility):
    """A fact is one of some values."""

    kind: Literal["one_of"]
    fact: FactName
    values: Annotated[list[str], Field(min_length=1)]


class NoneOf(_Eligibility):
    """A fact is none of some values."""

    kind: Literal["none_of"]
    fact: FactName
    values: Annotated[list[str], Field(min_length=1)]


class AtMost(_Eligibility):
    """A number is at most `most`."""

    kind: Literal["at_most"]
    fact: FactName
    most: Annotated[int, Field(ge=0)]


class AtLeast(_Eligibility):
    """A number is at least `least`."""

    kind: Literal["at_least"]
    fact: FactName
    least: Annotated[int, Field(ge=0)]


class Younger(_Eligibility):
    """A day lies at most `years` years back."""

    kind: Literal["younger"]
    fact: FactName
    years: Annotated[int, Field(gt=0, le=100)]


class Clear(_Eligibility):
    """Something is not so: no sanction, no arrears."""

    kind: Literal["clear"]
    fact: FactName


class Holds(_Eligibility):
    """Something is so."""

    kind: Literal["holds"]
    fact: FactName


class Shown(_Eligibility):
    """One of some papers has been shown."""

    kind: Literal["shown"]
    any_of: Annotated[list[FactName], Field(min_length=1)]


Eligibility = Annotated[
    OneOf | NoneOf | AtMost | AtLeast | Younger | Clear | Holds | Shown,
    Field(discriminator="kind"),
]


# Of which kinds of facts each kind of rule asks.
_ASKED = {
    "one_of": ("size", "region"),
    "none_of": ("size", "region"),
    "at_most": ("number",),
    "at_least": ("number",),
    "younger": ("day",),
    "clear": ("yes_no",),
    "holds": ("yes_no",),
}


class Gate(Strict):
    """Who decides at the end of a stage, and how many may pass.

    `confirms` are facts that are shown by passing; `role` gives money with it, in its `phase`. Where
    many decide, at least `answers` of them do, and `percent` of those say yes.
    """

    by: BodyName
    passes: Count | None = None
    confirms: list[FactName] = []
    role: RoleName | None = None
    phase: Id | None = None
    answers: Count | None = None
    percent: Percent | None = None


class Stage(Strict):
    """A step of the programme; `needs` are facts to be confirmed before it begins."""

    id: Id
    name: Text
    count: Count | None = None
    needs: list[FactName] = []
    gate: Gate | None = None


class Quota(Strict):
    """How many a body may put forward: `times` its places."""

    by: BodyName
    bodies: Count | None = None
    times: Annotated[Number, Field(le=100)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.bodies is None and self.times is None:
            raise PydanticCustomError("says_nothing", "says no number")
        return self


class Document(Strict):
    """A paper, who hands it in and at which stage; `one_of` names papers of which one is enough.

    A paper with `most_pages` is longer than that only where nobody can count them.
    """

    id: Id
    name: Text
    by: RoleName
    stage: Id
    is_optional: bool = False
    one_of: Id | None = None
    most_pages: Count | None = None


class Question(Strict):
    """What an application answers in words, at most `characters` of them, with what is meant by it.

    `part` is the heading under which questions stand together, `criteria` the criteria that
    reviewers hold the answer against.
    """

    id: Id
    part: Text
    name: Text
    help: Text
    characters: Annotated[int, Field(ge=50, le=20_000)]
    stage: Id = "application"
    criteria: list[Id] = []
    is_optional: bool = False


class Criterion(Strict):
    """What is scored: `weight` points of the hundred, and at least `minimum` of them."""

    id: Id
    name: Text
    weight: Annotated[int, Field(gt=0, le=100)]
    minimum: Annotated[int, Field(ge=0, le=100)] = 0


def _not_nought(points: int) -> int:
    if not points:
        raise PydanticCustomError("nought", "is nought")
    return points


class Bonus(Strict):
    """Points beside the score, taken away when negative, and the evidence they ask for."""

    id: Id
    name: Text
    points: Annotated[int, Field(ge=-100, le=100), AfterValidator(_not_nought)]
    evidence: Text


class Obligation(Strict):
    """A duty of a role; `waived_for` says for which reason it falls away."""

    id: Id
    name: Text
    by: RoleName
    waived_for: Text | None = None


def doubles(
    things: list[Any], name: str
) -> list[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
    """Return the ids of `things` that stand there before."""
    values = [thing.id for thing in things]
    return [
        ((name, place, "id"), "twice", {"value": value})
        for place, value in enumerate(values)
        if value in values[:place]
    ]


def other_kinds(rules: list[Any]) -> list[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
    """Return rules that ask of a fact what it cannot answer, such as a number for one of some words."""
    kinds = listed_facts() | {"trl": "number", "months": "number"}
    return [
        (("eligibility", place, "fact"), "other_kind", {"value": rule.fact, "known": list(fitting)})
        for place, rule in enumerate(rules)
        if (kind := kinds.get(getattr(rule, "fact", "")))
        and kind not in _ASKED[rule.kind]
        and (fitting := [asks for asks, known in _ASKED.items() if kind in known])
    ]


def unknown_values(rules: list[Any]) -> list[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
    """Return values that a fact with a vocabulary of its own never has."""
    known = {"size": ids("size"), "region": list(entries("regions"))}
    return [
        (("eligibility", place, "values", n), "unknown_word", {"value": value, "known": words})
        for place, rule in enumerate(rules)
        if (words := known.get(getattr(rule, "fact", "")))
        for n, value in enumerate(getattr(rule, "values", ()))
        if value not in words
    ]
