"""What the day of a fair adds to the fair's own page."""

from dure.apps.fairs.models import Fair
from dure.apps.fairs.permissions import may_run_fairs
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("fair actions", "consultations/_fair_actions.html")
def badges_of(fair: Fair, reader: Reader) -> dict[str, Fair] | None:
    """The way to the badges, for whoever prints them."""
    return {"fair": fair} if may_run_fairs(reader) else None
