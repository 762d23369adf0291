"""The pages that the day adds to a fair."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.consultations.permissions import may_read_report
from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.permissions import may_see_desk
from dure.apps.fairs.queries import registration_of
from dure.apps.fairs.stages import FAIR_SHOWN, FairStage
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.ui.pages import Page, offers_pages


@offers_pages(Fair)
def pages_of(user: Reader, fair: Fair, own: Registration | None = None) -> Iterator[Page]:
    """The agenda, the desk, and what came of it; `own` is a registration that is known already."""
    is_shown = fair.stage in FAIR_SHOWN
    is_over = fair.stage in (FairStage.HELD, FairStage.CLOSED)
    reads_all = bool(may_read_report(user))
    own = own or (registration_of(fair, user) if is_shown else None)
    is_own = own is not None and own.organisation_id in roles_of(user).organisations
    at_desk = is_shown and bool(may_see_desk(user, fair))
    pages = {
        "agenda": (_("Agenda"), is_shown and is_own),
        "day": (_("Today"), at_desk),
        "desk": (_("Check-in"), at_desk),
        "walk_in": (_("Walk-ins"), at_desk),
        "records": (_("What came of it"), is_over and (is_own or reads_all)),
        "report": (_("Report"), is_over and reads_all),
    }
    for place, (name, (label, is_there)) in enumerate(pages.items(), start=30):
        yield Page(place, name, label, reverse(f"consultations:{name}", args=[fair.pk]), is_there)
