"""The tabs above the pages of one fair, by reader."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.fairs.models import Fair
from dure.apps.fairs.queries import registration_of
from dure.apps.fairs.stages import FAIR_PLANNED, FairStage
from dure.apps.people.queries import Reader, standing_of


def tabs_for(user: Reader, fair: Fair, current: str) -> list[dict[str, Any]]:
    """The pages of a fair that concern `user`; `current` is the name of the one that is open."""
    standing = standing_of(user)
    pages = [("detail", _("Overview"))]
    if standing.is_staff:
        pages += [("registrations", _("Registrations")), ("wish_overview", _("Wishes"))]
        if fair.stage in FAIR_PLANNED or fair.stage == FairStage.CLOSED:
            pages.append(("timetable", _("Timetable")))
            pages.append(("board", _("Board")))
    elif registration_of(fair, user):
        pages.append(("register", _("Our registration")))
        if fair.stage not in (FairStage.DRAFT, FairStage.REGISTRATION, FairStage.CANCELLED):
            pages.append(("wishes", _("Our wishes")))
    return as_tabs(fair, pages, current)


def as_tabs(fair: Fair, pages: list[tuple[str, str]], current: str) -> list[dict[str, Any]]:
    """Tabs from pages of a fair, each its name among the addresses and its label."""
    return [
        {
            "label": label,
            "url": reverse(f"fairs:{name}", args=[fair.pk]),
            "current": name == current,
        }
        for name, label in pages
    ]


def trail(fair: Fair | None, page: str = "") -> list[dict[str, str]]:
    """The way back from a page of a fair."""
    links = [{"label": _("Fairs"), "url": reverse("fairs:list")}]
    if fair is not None:
        links.append({"label": str(fair), "url": reverse("fairs:detail", args=[fair.pk])})
    return [*links, {"label": page, "url": ""}] if page else links
