"""What exchange is made of: forms of a meeting, sides, agreements, requests, time zones."""

from datetime import timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.records.kinds import record_kind

SELECTED = record_kind("EXCHANGE_SELECTED", _("Selected for an exchange meeting, or not"))
AGREED = record_kind("EXCHANGE_AGREED", _("Memorandum or contract of an exchange entered"))
FOLLOWED = record_kind("EXCHANGE_FOLLOWED", _("What became of a memorandum or contract"))

HOME = "KR"
HOME_ZONE = "Asia/Seoul"
OLDEST_RATE = timedelta(days=10)
"""How old the rate may be by which an amount is converted; over holidays none is published."""
FOLLOW_UP_AFTER = timedelta(days=180)
"""How long after an agreement, or after the last word of it, somebody asks what became of it."""


class Form(TextChoices):
    """How people meet."""

    ON_SITE = "ON_SITE", pgettext_lazy("exchange", "On site")
    ONLINE = "ONLINE", pgettext_lazy("meeting", "Online")
    HYBRID = "HYBRID", pgettext_lazy("meeting", "On site and online")


class Side(TextChoices):
    """Where an organisation comes from."""

    HOME = "HOME", pgettext_lazy("exchange", "Korean")
    ABROAD = "ABROAD", _("From abroad")


class Scheme(TextChoices):
    """By which number an organisation of another country is known."""

    LEI = "LEI", _("Legal Entity Identifier (LEI)")
    REGISTER = "REGISTER", _("Number in a national register")


class AccordKind(TextChoices):
    """What two sides signed; the codes of kinds of outcomes."""

    MOU = "mou", _("Memorandum of understanding")
    CONTRACT = "contract", pgettext_lazy("exchange", "Contract")


class Became(TextChoices):
    """What became of a memorandum or a contract."""

    UNDER_WAY = "UNDER_WAY", _("Still under way")
    MONEY = "MONEY", _("It became money")
    ENDED = "ENDED", _("It ended without money")


class RequestKind(TextChoices):
    """What somebody wants help with."""

    NEGOTIATION = "NEGOTIATION", _("Support of negotiations")
    BUYER_CHECK = "BUYER_CHECK", _("Check of a buyer abroad")


class Finding(TextChoices):
    """What a check of a buyer found."""

    CONFIRMED = "CONFIRMED", _("Exists and trades")
    DOUBTFUL = "DOUBTFUL", _("Doubtful")
    NOT_FOUND = "NOT_FOUND", _("Not to be found")


class Field(NamedTuple):
    """A text that people of other countries see: of what, which field, how much it matters."""

    subject: str
    name: str
    weight: int


FIELDS = (
    Field("message", "text", 90),
    Field("meeting", "name", 80),
    Field("listing", "title", 70),
    Field("meeting", "place", 60),
    Field("part", "reason", 60),
    Field("meeting", "lead", 50),
    Field("request", "report", 50),
    Field("accord", "title", 40),
    Field("delegation", "name", 40),
    Field("listing", "body", 30),
    Field("talk", "note", 30),
    Field("abroad", "seeks", 25),
    Field("part", "wish", 25),
    Field("partner", "name", 20),
    Field("plan", "text", 10),
)
"""Every text that stands in both languages, what matters most first."""


@cache
def zones() -> frozenset[str]:
    """The names of all time zones (IANA)."""
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; that of Seoul for a name that is none."""
    return ZoneInfo(name if name in zones() else HOME_ZONE)
