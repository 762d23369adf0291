"""What introductions add to a need or a technology (with whom, where it stands, «we can do this»)
and to the pages of joining."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.permissions import may_read_inside
from dure.apps.catalog.stages import NEED_OPEN
from dure.apps.introductions import presenters, queries
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills

SHOWN = 10


@fills("entry", "introductions/_entry_panel.html")
def introductions_of(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """The partners by name, for the two organisations and the office; nobody else learns of them."""
    if not reader.is_authenticated:
        return None
    introductions = queries.introductions_of(reader, entry).prefetch_related(
        "messages", "proposals"
    )
    rows = [
        {
            "introduction": introduction,
            "partner": introduction.sides[isinstance(entry, Need)],
            "tone": presenters.TONES.get(introduction.stage, ""),
            "turn": presenters.turn_of(introduction),
        }
        for introduction in introductions[:SHOWN]
    ]
    return {"introductions": rows} if rows else None


@fills("entry", "introductions/_offer_panel.html")
def way_to_offer(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """«We can do this», on an open need, for everybody but its owner and the office."""
    if not isinstance(entry, Need) or entry.stage not in NEED_OPEN:
        return None
    if may_read_inside(reader, entry):
        return None
    return {"offer_url": reverse("introductions:offer", args=[entry.pk])}


@fills("entrance", "introductions/_entrance_panel.html")
def steps_of_joining(request: HttpRequest, reader: Reader) -> dict[str, Any] | None:
    """Where one is, for whoever joins because of a need."""
    pk = request.session.get("offering")
    need = queries.open_needs_to_offer_for(reader).filter(pk=pk).first() if pk else None
    return {"steps": presenters.steps(reader, need), "need": need} if need else None
