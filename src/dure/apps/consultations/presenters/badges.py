"""Badges: who somebody is, and the code that the desk reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from dure.apps.consultations.queries import badge_of
from dure.apps.fairs.models import Attendee, Fair
from dure.foundation.ui.codes import qr

ON_A_PAGE = 8


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


def badge_pages(fair: Fair, attendees: list[Attendee]) -> Iterator[tuple[str, int]]:
    """Documents of one page each for paper, with how many badges are on it.

    Page by page because one long document takes time that grows with the square of its length.
    """
    for start in range(0, len(attendees), ON_A_PAGE):
        some = attendees[start : start + ON_A_PAGE]
        context = {
            "fair": fair,
            "language": translation.get_language(),
            "badges": badges(some, fair.pk),
        }
        yield render_to_string("consultations/badges_paper.html", context), len(some)


def badge_path(attendee: Attendee, fair_id: int) -> str:
    """Where the code of a badge leads."""
    return reverse("consultations:badge", args=[fair_id, badge_of(attendee)])
