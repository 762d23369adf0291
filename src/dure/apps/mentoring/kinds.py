"""Words of mentoring, and its rules as data: `rules.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from dure.engines.conflicts import Circle, Policy, Rule
from dure.foundation.declared import Strict

FILE = Path(__file__).with_name("rules.toml")
SCORES = range(1, 6)


class Side(TextChoices):
    """On which side somebody speaks."""

    MENTOR = "MENTOR", pgettext_lazy("mentoring", "Mentor")
    MENTEE = "MENTEE", pgettext_lazy("mentoring", "Mentee")
    COORDINATOR = "COORDINATOR", pgettext_lazy("mentoring", "Coordinator")


class Way(TextChoices):
    """How two met."""

    VISIT = "VISIT", pgettext_lazy("session", "In person")
    ONLINE = "ONLINE", pgettext_lazy("session", "Online")
    PHONE = "PHONE", pgettext_lazy("session", "By telephone")


class Part(TextChoices):
    """When both sides look back."""

    MIDWAY = "MIDWAY", _("Mid-way review")
    END = "END", _("End review")


class Limits(Strict):
    """Numbers of the rules; days and months as their names say."""

    coordinator_cases: int = Field(ge=1)
    mentor_pairs: int = Field(ge=1)
    months: int = Field(ge=1)
    most_months: int = Field(ge=1)
    quiet_days: int = Field(ge=1)
    fewest_answers: int = Field(ge=1)


class Tie(Strict):
    """Something between two firms; `years` after its end it no longer counts (None: for ever)."""

    kind: str
    ko: str
    en: str
    circle: Circle
    years: int | None = None
    bars: bool = False

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


class Rules(Strict):
    """The rules of mentoring."""

    valid_from: date
    source: str
    limits: Limits
    ties: tuple[Tie, ...]

    @property
    def policy(self) -> Policy:
        """The ties as a policy of the engine of conflicts."""
        return Policy({tie.kind: Rule(tie.circle, tie.years) for tie in self.ties})


@cache
def rules() -> Rules:
    """The rules, read once."""
    return Rules.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
