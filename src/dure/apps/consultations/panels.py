"""What the day adds to the page of a fair."""

from django.urls import reverse

from dure.apps.fairs.models import Fair
from dure.apps.fairs.permissions import may_run_fairs
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("fair set-up", "consultations/_set_up_panel.html")
def badges_of(fair: Fair, reader: Reader) -> dict[str, str] | None:
    """The badges to print, for officers."""
    if not may_run_fairs(reader):
        return None
    return {"badges_url": reverse("consultations:badges", args=[fair.pk])}
