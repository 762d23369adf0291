"""What stands in a room's register, how it was said, which places there are; what of it is recorded."""

import tomllib
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from dure.apps.records.kinds import record_kind

OPENED = record_kind("ROOM_OPENED", _("Room opened"))
ENTERED = record_kind("ROOM_ENTERED", _("Entered in a room's register"))
RELEASED = record_kind("ROOM_RELEASED", _("Held material handed over in a room"))
CONFIRMED = record_kind("ROOM_CONFIRMED", _("Confirmed by the other side in a room"))
CLOSED = record_kind("ROOM_CLOSED", _("Room closed"))

_FILE = Path(__file__).with_name("places.toml")


class ItemKind(TextChoices):
    """What is entered."""

    REQUEST = "REQUEST", _("Request for material")
    QUESTION = "QUESTION", pgettext_lazy("room", "Question")
    ANSWER = "ANSWER", pgettext_lazy("room", "Answer")
    PROPOSAL = "PROPOSAL", pgettext_lazy("room", "Proposal")
    COUNTER = "COUNTER", _("Counter-proposal")
    HAND_OVER = "HAND_OVER", _("Hand-over of material")
    MINUTES = "MINUTES", pgettext_lazy("room", "Minutes")


class Way(TextChoices):
    """How it was said or given."""

    PLATFORM = "PLATFORM", _("In this room")
    MEETING = "MEETING", _("At a meeting")
    VOICE = "VOICE", _("By voice or on the phone")
    MAIL = "MAIL", _("By e-mail or post")
    OTHER = "OTHER", _("In another way")


class Place(BaseModel):
    """A room at a place."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str = Field(pattern=r"^[a-z-]{2,20}$")
    ko: str
    en: str
    region: str
    seats: int = Field(ge=2)

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


@cache
def places() -> tuple[Place, ...]:
    """The places with rooms, in the order of the file."""
    script = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Place.model_validate(place) for place in script["places"])


def place_of(code: str) -> Place | None:
    """The place with this code; None where there is none any more."""
    return next((place for place in places() if place.code == code), None)
