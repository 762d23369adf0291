"""What consultations add to the page of a fair and to that of an introduction."""

from typing import Any

from dure.apps.consultations.permissions import may_record
from dure.apps.fairs.models import Fair
from dure.apps.fairs.permissions import may_run_fairs
from dure.apps.introductions.models import Introduction
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("fair actions", "consultations/_fair_actions.html")
def badges_of(fair: Fair, reader: Reader) -> dict[str, Fair] | None:
    """The way to the badges, for whoever prints them."""
    return {"fair": fair} if may_run_fairs(reader) else None


@fills("introduction", "consultations/_introduction_panel.html")
def record_of(introduction: Introduction, reader: Reader) -> dict[str, Any]:
    """What came of it and the next step, or the way to write it down."""
    return {
        "record": getattr(introduction, "record", None),
        "may_record": may_record(reader, introduction),
    }
