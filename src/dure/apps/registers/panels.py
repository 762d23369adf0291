"""What facts add to the page of an organisation."""

from typing import Any

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.apps.registers.permissions import may_read_facts
from dure.foundation.ui.panels import fills


@fills("organisation", "registers/_organisation_panel.html")
def known(organisation: Organisation, reader: Reader) -> dict[str, Any] | None:
    """The way to what is known of an organisation, for its people and the office."""
    return {"organisation": organisation} if may_read_facts(reader, organisation) else None
