"""Where one can go from the pages of the day."""

from typing import Any

from django.utils.translation import gettext as _

from dure.apps.fairs import permissions, queries
from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.presenters.tabs import as_tabs
from dure.apps.people.queries import Reader, standing_of

Tab = dict[str, Any]


def tabs_for(
    reader: Reader, fair: Fair, current: str, *, own: Registration | None = None
) -> list[Tab]:
    """The pages of the day that `reader` has; `own` is their registration where it is known."""
    standing = standing_of(reader)
    if own is None and standing.organisations:
        own = queries.registration_of(fair, reader)
    tabs = [("detail", _("Overview"))]
    if own is not None and own.organisation_id in standing.organisations:
        tabs.append(("agenda", _("Agenda")))
    if standing.is_officer or permissions.may_run_desk(reader, fair):
        tabs += [("day", _("Today")), ("desk", _("Check-in")), ("walk_in", _("Walk-ins"))]
    if standing.is_staff or own is not None:
        tabs.append(("records", _("What came of it")))
    if standing.is_staff:
        tabs.append(("report", _("Report")))
    tabs += [("briefings", _("Briefing sessions")), ("stories", _("Stories"))]
    return as_tabs(fair, tabs, current)
