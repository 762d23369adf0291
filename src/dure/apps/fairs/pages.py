"""The pages of a fair until its timetable stands, and the way back to them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.permissions import may_read_inside
from dure.apps.fairs.queries import registration_of
from dure.apps.fairs.stages import FAIR_TIMED, FAIR_WISHED
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.ui.pages import Link, Page, leads_back, offers_pages


@offers_pages(Fair)
def pages_of(user: Reader, fair: Fair, own: Registration | None = None) -> Iterator[Page]:
    """Set-up, registration, wishes and timetable; `own` is their registration where it is known."""
    reads_inside = bool(may_read_inside(user))
    if own is None and not reads_inside:
        own = registration_of(fair, user)
    is_ours = own is not None and own.organisation_id in roles_of(user).organisations
    is_own = is_ours and not reads_inside
    is_timed = reads_inside and fair.stage in FAIR_TIMED
    pages = {
        "detail": (_("Overview"), True),
        "registrations": (_("Registrations"), reads_inside),
        "wish_overview": (_("Wishes"), reads_inside),
        "register": (_("Our registration"), is_own),
        "wishes": (_("Our wishes"), is_own and fair.stage in FAIR_WISHED),
        "timetable": (_("Timetable"), is_timed),
        "board": (_("Board"), is_timed),
    }
    for place, (name, (label, is_there)) in enumerate(pages.items(), start=10):
        yield Page(place, name, label, reverse(f"fairs:{name}", args=[fair.pk]), is_there)


def way_to_all() -> list[Link]:
    """The list of fairs."""
    return [{"label": _("Fairs"), "url": reverse("fairs:list")}]


@leads_back(Fair)
def way_to(fair: Fair) -> list[Link]:
    """The list, then the fair."""
    return [*way_to_all(), {"label": str(fair), "url": reverse("fairs:detail", args=[fair.pk])}]
