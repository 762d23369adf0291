"""What needs and technologies add to the pages of people and organisations."""

from typing import Any

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("organisation", "catalog/_organisation_panel.html")
def lists_of(organisation: Organisation, reader: Reader) -> dict[str, Any]:
    """The ways to what an organisation looks for and offers."""
    return {"organisation": organisation}
