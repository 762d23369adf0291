"""Why two who walked in could not be placed, and what they can do."""

from django.utils.translation import gettext as _

from dure.apps.consultations.models import WalkIn
from dure.engines.scheduling import Cause


def sentence(walk_in: WalkIn) -> str:
    """The engine's cause in words for the two at the desk."""
    names = {"demand": walk_in.pair.demand.organisation, "supply": walk_in.pair.supply.organisation}
    match walk_in.cause:
        case Cause.FORBIDDEN:
            return _("%(demand)s and %(supply)s must not be brought together.") % names
        case Cause.NO_COMMON_SLOT:
            return _("There is no time left today at which both are at the fair.")
        case Cause.LIMIT_REACHED:
            return _("One of the two has as many meetings as it wanted. Ask them to allow more.")
        case Cause.DEMAND_FULL:
            return _("%(demand)s has a meeting at every time that is left.") % names
        case Cause.SUPPLY_FULL:
            return _("%(supply)s has a meeting at every time that is left.") % names
        case Cause.TABLES_FULL:
            return _("Whenever both are free, every table is taken.")
    return _("The two are never free at the same time for the rest of the fair.")
