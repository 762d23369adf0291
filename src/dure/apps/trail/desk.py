"""What auditors see first: what changed last, whoever did it."""

from datetime import datetime
from typing import Any

from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.apps.people.roles import Role
from dure.apps.trail.queries import recent_changes, recorded_models
from dure.foundation.desk import Section, offer_section

SHOWN = 6


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """The latest changes."""
    if Role.AUDITOR not in roles_of(user).roles:
        return None
    return {"changes": recent_changes(of=recorded_models(), limit=SHOWN)}


offer_section(Section("changes", "trail/_desk_section.html", place=40, content=section))
