"""What the office and auditors see first of all: that the record is not as it was recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dure.apps.people.models import User
from dure.apps.records.permissions import may_read_standing
from dure.apps.records.queries import last_check, last_checkpoint
from dure.foundation.desk import Section, offer_section


def section(user: User, now: datetime) -> Mapping[str, Any] | None:
    """What the last check found, where it found something."""
    if not may_read_standing(user):
        return None
    check = last_check()
    if check is None or not check.fault_count:
        return None
    return {"check": check, "checkpoint": last_checkpoint()}


offer_section(Section("records", "records/_desk_section.html", place=5, content=section))
