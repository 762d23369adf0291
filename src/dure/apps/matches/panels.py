"""What matches add to the page of a need or technology."""

from django.urls import reverse

from dure.apps.catalog.models import Need, Technology
from dure.apps.matches.permissions import may_see_matches
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("entry", "matches/_entry_panel.html")
def matches_of(entry: Need | Technology, reader: Reader) -> dict[str, str] | None:
    """What was suggested for an entry, for those who may see it."""
    if not may_see_matches(reader, entry):
        return None
    page = "matches:for_need" if isinstance(entry, Need) else "matches:for_technology"
    return {"matches_url": reverse(page, args=[entry.pk])}
