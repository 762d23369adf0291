"""The pages that briefing sessions and stories add to a fair."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.fairs.models import Fair
from dure.apps.fairs.stages import FairStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.pages import Page, offers_pages


@offers_pages(Fair)
def pages_of(user: Reader, fair: Fair, **_known: object) -> Iterator[Page]:
    """Sessions always, stories once there is something to tell."""
    is_over = fair.stage in (FairStage.HELD, FairStage.CLOSED)
    for place, name, label, is_there in (
        (40, "briefings", _("Briefing sessions"), True),
        (41, "stories", _("Stories"), is_over),
    ):
        yield Page(place, name, label, reverse(f"briefings:{name}", args=[fair.pk]), is_there)
