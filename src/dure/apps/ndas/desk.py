"""What waits for the managers of an organisation: signatures, and returns to confirm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from dure.apps.ndas.queries import ndas_to_sign, returns_to_confirm
from dure.apps.people.models import User
from dure.foundation.desk import Section, offer_section

SHOWN = 5


def section(user: User, now: datetime) -> Mapping[str, Any] | None:
    """Agreements that wait for one's signature, and returns to confirm."""
    ndas = list(ndas_to_sign(user)[:SHOWN])
    returns = list(returns_to_confirm(user, localdate(now))[:SHOWN])
    return {"ndas": ndas, "returns": returns} if ndas or returns else None


offer_section(Section("ndas", "ndas/_desk_section.html", place=100, content=section))
