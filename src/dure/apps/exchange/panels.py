"""The step from a technology to exchange with other countries."""

from typing import Any

from dure.apps.catalog.models import Need, Technology
from dure.apps.exchange import permissions, queries
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("entry", "exchange/_panel.html")
def of_technology(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """Where a technology is registered, or the step to register it; nothing on needs."""
    if not isinstance(entry, Technology):
        return None
    listing = queries.listings_visible_to(reader).filter(technology=entry).first()
    if listing is None and not permissions.may_list(reader, entry):
        return None
    return {"listing": listing, "technology": entry}
