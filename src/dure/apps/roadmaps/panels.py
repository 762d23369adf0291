"""What roadmaps add to the list of programmes: the way to what these aim at."""

from typing import Any

from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("programmes", "roadmaps/_programmes_panel.html")
def all_roadmaps(place: Any, reader: Reader) -> dict[str, Any]:
    """The way to the roadmaps, for everybody."""
    return {}
