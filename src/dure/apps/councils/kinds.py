"""Councils: each a file of `councils/`, read strictly; and what of them is recorded.

A file says who sits, for how long, what a model says, which options a vote has, and by which dated
rule it is carried. A vote keeps the rule by which it was opened.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import (
    Field,
    StringConstraints,
    model_validator,
)

from dure.apps.records.kinds import record_kind
from dure.engines.voting import Base, Rule, Share, Tie
from dure.foundation.declared import Declared, Named, Strict, Words, all_declared

RESOLVED = record_kind("COUNCIL_RESOLVED", _("Resolution of a council"))
CONFIRMED = record_kind("MINUTES_CONFIRMED", _("Minutes confirmed by all"))
UNDERTAKEN = record_kind("SECRECY_UNDERTAKEN", _("Undertaking to keep a model secret"))


class Way(TextChoices):
    """How somebody takes part."""

    ROOM = "ROOM", _("In the room")
    ONLINE = "ONLINE", _("Online")


class Origin(TextChoices):
    """Who found a model."""

    FIRMS = "FIRMS", _("Firms")
    FOUNDATION = "FOUNDATION", _("The foundation")
    STUDY_GROUP = "STUDY_GROUP", _("A study group")


class Stance(TextChoices):
    """What a ministry says of a model."""

    AGREES = "AGREES", pgettext_lazy("opinion", "Agrees")
    CONDITIONS = "CONDITIONS", pgettext_lazy("opinion", "Agrees on conditions")
    AGAINST = "AGAINST", pgettext_lazy("opinion", "Against it")


class Section(Named):
    """A part of a model's text."""

    hint: Words | None = None
    required: bool = True


class Option(Named):
    """What can be voted for, and where a model goes that it is carried for."""

    is_abstention: bool = False
    leads_to: Literal["", "RECOMMENDED", "RETURNED", "REJECTED"] = ""


class Part(Strict):
    """A share such as “1/2”; more than it where `is_more`."""

    part: Annotated[str, StringConstraints(pattern=r"^\d{1,3}/[1-9]\d{0,2}$")]
    is_more: bool = False

    @property
    def share(self) -> Share:
        """As the engine counts with it."""
        return Share(Fraction(self.part), self.is_more)


class VoteRule(Named):
    """By which rule a kind of vote is held from a day on."""

    in_force_from: date
    secrecy: Literal["open", "secret", "either"]
    quorum: Part
    majority: Part
    base: Base
    tie: Tie
    proxies: int = Field(ge=0, le=10)
    is_written_allowed: bool

    @model_validator(mode="after")
    def _shares_can_be_reached(self) -> "VoteRule":
        for share in (self.quorum, self.majority):
            _ = share.share  # raises ValueError
        if self.secrecy != "open" and self.tie == Tie.CHAIR:
            raise ValueError("in a secret vote nobody knows what the chair chose")
        return self


class Council(Declared):
    """A council: who sits there, how its models are written, how it votes."""

    about: Words
    term_months: int = Field(ge=1, le=120)
    notice_days: int = Field(ge=0, le=60)
    opinion_days: int = Field(ge=1, le=120)
    sides: list[Named] = Field(min_length=1)
    options: list[Option] = Field(min_length=2)
    votes: list[VoteRule] = Field(min_length=1)
    sections: list[Section] = []
    follow_ups: list[Named] = []
    approver: Words | None = None
    undertaking: Words | None = None
    target: int = Field(default=0, ge=0)
    target_until: date | None = None
    grant_won: int = Field(default=0, ge=0)
    grant_months: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _fits_together(self) -> "Council":
        for named in (self.sides, self.options, self.sections, self.follow_ups):
            ids = [part.id for part in named]
            if len(set(ids)) != len(ids):
                raise ValueError("an id stands twice")
        if sum(option.is_abstention for option in self.options) > 1:
            raise ValueError("there is one abstention at most")
        if self.sections and not (self.approver and self.undertaking):
            raise ValueError("a council with models names its approver and its undertaking")
        return self

    @property
    def has_models(self) -> bool:
        """True where the council deliberates on models."""
        return bool(self.sections)

    def option(self, code: str) -> Option | None:
        """An option by its id."""
        return next((option for option in self.options if option.id == code), None)

    def called(self, code: str) -> str:
        """How a side, section, option, vote or follow-up is called; its id where there is none."""
        known = (*self.sides, *self.sections, *self.options, *self.votes, *self.follow_ups)
        return next((str(part) for part in known if part.id == code), code)

    def rules_on(self, day: date) -> list[VoteRule]:
        """The rules in force on a day: of each id the latest."""
        known = sorted(self.votes, key=lambda vote: vote.in_force_from)
        return list({vote.id: vote for vote in known if vote.in_force_from <= day}.values())

    def rule_on(self, code: str, day: date) -> VoteRule | None:
        """The rule of this id that is in force on a day."""
        return next((rule for rule in self.rules_on(day) if rule.id == code), None)

    def engine_rule(self, rule: VoteRule) -> Rule:
        """A rule as the engine counts by it."""
        abstention = next((option.id for option in self.options if option.is_abstention), "")
        return Rule(
            tuple(option.id for option in self.options), abstention,
            rule.quorum.share, rule.majority.share, rule.base, rule.tie,
        )  # fmt: skip


def councils() -> dict[str, Council]:
    """Every council by its id, in the order of their places. Raises BrokenFile."""
    return all_declared("councils", Council)
