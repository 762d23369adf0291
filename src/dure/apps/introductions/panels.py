"""What introductions add to the page of a need or a technology: with whom, and where it stands."""

from typing import Any

from dure.apps.catalog.models import Need, Technology
from dure.apps.introductions import presenters, queries
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills

SHOWN = 10


@fills("entry", "introductions/_entry_panel.html")
def introductions_of(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """The partners by name, for the two organisations and the office; nobody else learns of them."""
    if not reader.is_authenticated:
        return None
    found = queries.introductions_of(reader, entry).prefetch_related("messages", "proposals")
    rows = [
        {
            "introduction": each,
            "partner": each.sides[isinstance(entry, Need)],
            "tone": presenters.TONES.get(each.stage, ""),
            "turn": presenters.turn_of(each),
        }
        for each in found[:SHOWN]
    ]
    return {"introductions": rows} if rows else None
