"""Badges: who somebody is, and the code that the desk reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from dure.apps.consultations.presenters.codes import qr
from dure.apps.consultations.queries import badge_of
from dure.apps.fairs.models import Attendee


@dataclass(frozen=True, slots=True)
class Badge:
    attendee: Attendee
    code: SafeString


def badges(attendees: Iterable[Attendee], fair_id: int) -> list[Badge]:
    """The badge of each; its code is the address that the desk opens with a phone's camera."""
    return [
        Badge(attendee, qr(settings.BASE_URL + badge_path(attendee, fair_id)))
        for attendee in attendees
    ]


def badge_path(attendee: Attendee, fair_id: int) -> str:
    """Where the code of a badge leads."""
    return reverse("consultations:badge", args=[fair_id, badge_of(attendee)])
