"""What surveys add to the page of challenge discovery."""

from typing import Any

from dure.apps.people.queries import Reader
from dure.apps.surveys import queries
from dure.foundation.ui.panels import fills


@fills("discoveries", "surveys/_discoveries_panel.html")
def surveys_of(place: Any, reader: Reader) -> dict[str, Any] | None:
    """The way to the surveys that a reader runs, asks or is asked by."""
    count = queries.surveys_visible_to(reader).count()
    return {"count": count} if count or queries.is_office(reader) else None
