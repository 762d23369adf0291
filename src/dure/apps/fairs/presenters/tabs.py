"""The tabs above the pages of one fair, by reader."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.permissions import may_see_desk
from dure.apps.fairs.queries import registration_of
from dure.apps.fairs.stages import FAIR_SHOWN, FAIR_TIMED, FAIR_WISHED, FairStage
from dure.apps.people.queries import Reader, standing_of


def tabs_for(
    user: Reader, fair: Fair, current: str, *, own: Registration | None = None
) -> list[dict[str, Any]]:
    """The pages of a fair that concern `user`, in the order in which they are needed.

    `current` is the name of the one that is open, `own` their registration where it is known.
    """
    standing = standing_of(user)
    own = own or registration_of(fair, user)
    is_own = own is not None and own.organisation_id in standing.organisations
    at_desk = fair.stage in FAIR_SHOWN and may_see_desk(user, fair)
    is_over = fair.stage in (FairStage.HELD, FairStage.CLOSED)
    pages = {
        "detail": (_("Overview"), True),
        "registrations": (_("Registrations"), standing.is_staff),
        "wish_overview": (_("Wishes"), standing.is_staff),
        "register": (_("Our registration"), is_own and not standing.is_staff),
        "wishes": (_("Our wishes"), is_own and fair.stage in FAIR_WISHED and not standing.is_staff),
        "timetable": (_("Timetable"), standing.is_staff and fair.stage in FAIR_TIMED),
        "board": (_("Board"), standing.is_staff and fair.stage in FAIR_TIMED),
        "agenda": (_("Agenda"), is_own and fair.stage in FAIR_SHOWN),
        "day": (_("Today"), at_desk),
        "desk": (_("Check-in"), at_desk),
        "walk_in": (_("Walk-ins"), at_desk),
        "records": (_("What came of it"), is_over and (is_own or standing.is_staff)),
        "report": (_("Report"), is_over and standing.is_staff),
        "briefings": (_("Briefing sessions"), True),
        "stories": (_("Stories"), is_over),
    }
    return [
        {
            "label": label,
            "url": reverse(f"fairs:{name}", args=[fair.pk]),
            "current": name == current,
        }
        for name, (label, is_there) in pages.items()
        if is_there or name == current
    ]


def trail(fair: Fair | None, page: str = "") -> list[dict[str, str]]:
    """The way back from a page of a fair."""
    links = [{"label": _("Fairs"), "url": reverse("fairs:list")}]
    if fair is not None:
        links.append({"label": str(fair), "url": reverse("fairs:detail", args=[fair.pk])})
    return [*links, {"label": page, "url": ""}] if page else links
