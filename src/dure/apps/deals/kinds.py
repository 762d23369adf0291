"""How a deal runs, what can come of it and why not: the file `deals.toml`; what of it is recorded."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, Self

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from dure.apps.records.kinds import record_kind

MOVED = record_kind("DEAL_MOVED", _("Technology deal moved on"))
PROPOSED = record_kind("DEAL_PROPOSED", _("Technology proposed for a deal"))
SIGNED = record_kind("DEAL_SIGNED", _("Contract of a technology deal signed"))
PAID = record_kind("DEAL_PAID", _("Payment of a technology deal entered"))
_FILE = Path(__file__).with_name("deals.toml")


class FoundBy(TextChoices):
    """Who found the need that is filed."""

    OWNER = "OWNER", _("Its owner")
    BODY = "BODY", _("A regional body")
    SUPPORTER = "SUPPORTER", _("A supporter")


class Words(BaseModel):
    """A code with its name in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str = Field(pattern=r"^[A-Za-z_]{2,30}$")
    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


class Step(Words):
    """A step of a deal, those that may follow, and who takes it."""

    next: tuple[str, ...]
    mover: Literal["broker", "sides", "all", "act"] = "act"


class Kind(Words):
    """What can come of a deal, and the kind of outcome that it is."""

    outcome: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    steps: tuple[Step, ...]
    kinds: tuple[Kind, ...]
    failures: tuple[Words, ...]

    @model_validator(mode="after")
    def _steps_are_known(self) -> Self:
        known = {step.code for step in self.steps}
        if any(code not in known for step in self.steps for code in step.next):
            raise ValueError("a step that follows is not in the file")
        return self


@cache
def rules() -> _File:
    """What the file says."""
    return _File.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def step_of(code: str) -> Step:
    """The step with this code. Raises KeyError."""
    return {step.code: step for step in rules().steps}[code]


def kind_of(code: str) -> Kind | None:
    """The kind with this code; None where there is none."""
    return next((kind for kind in rules().kinds if kind.code == code), None)


def failure_of(code: str) -> Words | None:
    """The reason with this code; None where there is none."""
    return next((failure for failure in rules().failures if failure.code == code), None)
