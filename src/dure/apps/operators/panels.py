"""What operators add to the pages of programmes."""

from typing import Any

from django.utils.timezone import localdate

from dure.apps.operators import queries
from dure.apps.people.queries import Reader
from dure.apps.programmes.models import Programme
from dure.foundation.ui.panels import fills


@fills("programme", "operators/_programme_panel.html")
def operators_of(programme: Programme, reader: Reader) -> dict[str, Any] | None:
    """How many operators a programme has, and the way to them; nothing where it has none."""
    if not programme.operator_calls.exists() and not queries.is_office(reader):
        return None
    count = queries.operators_of(programme, localdate()).count()
    return {"programme": programme, "count": count}


@fills("programmes", "operators/_programmes_panel.html")
def all_operators(place: Any, reader: Reader) -> dict[str, Any] | None:
    """The way to the operators of all programmes."""
    count = queries.programmes_with_operators().count()
    return {"count": count} if count or queries.is_office(reader) else None
