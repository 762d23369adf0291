"""The step from a need to a request for technology."""

from typing import Any

from dure.apps.catalog.models import Need, Technology
from dure.apps.deals import permissions, queries
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("entry", "deals/_panel.html")
def of_entry(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """The deals of a need that one sees, and the step to file one; nothing on technologies."""
    if not isinstance(entry, Need) or not permissions.may_see_deals(reader):
        return None
    deals = list(queries.deals_visible_to(reader).filter(need=entry)[:5])
    return {"deals": deals, "need": entry}
