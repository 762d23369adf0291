"""Kinds of support: each a file of `support/`, read strictly.

A file says who may ask and who answers, what is asked, through which steps a request goes and by
whose hand, with how many days, what is capped since when, who reads it, and what can come of it.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import (
    Field,
    model_validator,
)

from dure.apps.records.kinds import record_kind
from dure.foundation.declared import Declared, Id, Named, Strict, Text, Words, all_declared

GATHERED = record_kind("SUPPORT_EVIDENCE", _("Evidence of a dispute gathered"))

Side = Literal["firm", "body", "counterpart"]
Value = str | int | None


class ProfileKind(TextChoices):
    """Whom a request can be matched with."""

    UNIVERSITY = "UNIVERSITY", _("University")
    INSTITUTE = "INSTITUTE", _("Research institute")
    FIRM = "FIRM", _("Firm")
    EXPERT = "EXPERT", _("Expert")
    RESEARCHER = "RESEARCHER", _("Researcher")


class AskedAs(TextChoices):
    """In which capacity somebody asked for a firm."""

    SELF = "SELF", _("The firm itself")
    GROUP = "GROUP", _("Its exchange group")
    COORDINATOR = "COORDINATOR", _("A coordinator")
    OFFICE = "OFFICE", _("The programme office")


class Choice(Named):
    """A value that a field can have, or something that can come of a request."""


class Outcome(Choice):
    """What came of a request; `good` where it did what it was for."""

    good: bool = False


class Asked(Named):
    """A field; what is `personal` only the asking firm and the owner of the request read. `most` is
    the largest number that it takes, where the file says so."""

    kind: Literal["line", "text", "number", "won", "day", "choice"]
    choices: list[Choice] = []
    most: int = Field(default=0, ge=0)
    required: bool = False
    personal: bool = False

    def said(self, value: str | int) -> str:
        """A value in the reader's language."""
        if isinstance(value, int):
            return f"{value:,}"
        return next((str(choice) for choice in self.choices if choice.id == value), value)


class Condition(Strict):
    """That a field has a value."""

    field: Id
    value: str


class Cap(Words):
    """The most that a request gets: `hours` or `visits`, or `won` of the field `of`.

    `percent` caps the field as a share of another one, `share_of`. `months` count from the day on
    which somebody took the request on. With `when` the cap holds only for some requests.
    """

    what: Literal["hours", "visits", "won"]
    most: int = Field(default=0, ge=0)
    months: int = Field(default=0, ge=0, le=60)
    of: str = ""
    percent: int = Field(default=0, ge=0, le=100)
    share_of: str = ""
    when: Condition | None = None
    unless: Condition | None = None


class Edition(Strict):
    """The terms of a service from a day on; a request keeps those of the day it was made."""

    valid_from: date
    source: Text
    caps: list[Cap] = []


class Panel(Strict):
    """Who hears a case: so many people, one of them in the chair with one of these professions."""

    least: int = Field(ge=1)
    most: int
    professions: list[Choice]
    chair: list[Id] = []


class Term(Strict):
    """How long a step lasts where the request itself says so: so many months from a day on."""

    first_day: Id
    months: Id


class Step(Named):
    """Where a request is: who brings it here, what may follow, within how many days or which term.

    A request `takes_on` once somebody of the body owns it. `asks` are the fields to fill in then.
    `proposes` lets the owner propose partners, `visits` note visits; `serves` shows the case to the
    other side. `needs` must be there before it is reached, `closes` ends the request with an outcome.
    """

    by: list[Side] = ["body"]
    next: list[Id] = []
    days: int = Field(default=0, ge=0, le=2000)
    term: Term | None = None
    takes_on: bool = False
    asks: list[Id] = []
    proposes: bool = False
    visits: bool = False
    serves: bool = False
    needs: list[Literal["partner", "panel", "report", "visit"]] = []
    closes: bool = False


class Feeds(Strict):
    """What a request that went well is good for: a fact for the rules of calls, and programmes."""

    fact: str = ""
    programmes: list[Id] = []


class Service(Declared):
    """A kind of support; its first step is where a request begins."""

    theme: Literal["partner", "people", "protection", "dispute"]
    about: Words
    asked_by: list[str]
    answered_by: list[str]
    proposes: list[ProfileKind] = []
    consent_first: bool = False
    is_private: bool = False
    forget_after_days: int = Field(default=0, ge=0, le=3650)
    has_counterpart: bool = False
    gathers: bool = False
    reads: list[Literal["centre", "auditor"]] = []
    feeds: Feeds = Feeds()
    panel: Panel | None = None
    editions: list[Edition] = []
    fields: list[Asked]
    steps: list[Step] = Field(min_length=2)
    outcomes: list[Outcome]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        steps, fields = [each.id for each in self.steps], [field.id for field in self.fields]
        for names in (steps, fields, [outcome.id for outcome in self.outcomes]):
            if len(set(names)) != len(names):
                raise ValueError("an id stands twice")
        for step in self.steps:
            named = {*step.asks, *((step.term.first_day, step.term.months) if step.term else ())}
            if unknown := ({*step.next} - set(steps)) | (named - set(fields)):
                raise ValueError(f"step {step.id}: nothing is called {', '.join(sorted(unknown))}")
            if step.proposes and not self.proposes:
                raise ValueError(f"step {step.id}: the service proposes nobody")
            if step.closes and step.next:
                raise ValueError(f"step {step.id}: nothing follows a step that closes")
            if "panel" in step.needs and self.panel is None:
                raise ValueError(f"step {step.id}: the service has no panel")
        if any((field.kind == "choice") != bool(field.choices) for field in self.fields):
            raise ValueError("choices belong to a field of the kind choice, and only there")
        if sum(step.takes_on for step in self.steps) != 1:
            raise ValueError("exactly one step takes a request on")
        self._check_caps(set(fields))
        return self

    def _check_caps(self, fields: set[str]) -> None:
        for cap in (each for edition in self.editions for each in edition.caps):
            named = {cap.of, cap.share_of, *(c.field for c in (cap.when, cap.unless) if c)} - {""}
            if unknown := named - fields:
                raise ValueError(f"cap {cap.en}: no field is called {', '.join(sorted(unknown))}")
            if (cap.what == "won") != bool(cap.of):
                raise ValueError(f"cap {cap.en}: won, and only won, are those of a field")
        days = [edition.valid_from for edition in self.editions]
        if days != sorted(set(days)):
            raise ValueError("editions stand in the order of their days")

    @property
    def first(self) -> Step:
        """Where a request begins."""
        return self.steps[0]

    def step(self, code: str) -> Step:
        """A step by its id; one that the file no longer knows has its code for a name."""
        found = next((each for each in self.steps if each.id == code), None)
        return found or Step(id="unknown", ko=code, en=code, by=[])

    def outcome(self, code: str) -> Outcome | None:
        """What can come of a request, by its id."""
        return next((each for each in self.outcomes if each.id == code), None)

    def field(self, code: str) -> Asked | None:
        """A field by its id."""
        return next((each for each in self.fields if each.id == code), None)

    def edition_of(self, day: date) -> Edition | None:
        """The terms that held on a day; None before the first."""
        held = [edition for edition in self.editions if edition.valid_from <= day]
        return held[-1] if held else None

    @property
    def taking_on(self) -> Step:
        """Where a request is once somebody owns it."""
        return next(step for step in self.steps if step.takes_on)

    @property
    def asked_at_first(self) -> list[Asked]:
        """The fields of the first form: those that no later step asks for."""
        later = {name for step in self.steps for name in step.asks}
        return [field for field in self.fields if field.id not in later]


def services() -> dict[str, Service]:
    """Every service by its id, in the order of their places. Raises BrokenFile."""
    return all_declared("support", Service)


class Pool(Choice):
    """A pool of experts of one field."""


@cache
def pools() -> dict[str, Pool]:
    """The pools of experts by their ids, as the file `pools.toml` says."""
    script = tomllib.loads(Path(__file__).with_name("pools.toml").read_text(encoding="utf-8"))
    return {pool["id"]: Pool.model_validate(pool) for pool in script["pools"]}


def service_of(code: str) -> Service | None:
    """The service with this id; None where there is none."""
    return services().get(code)
