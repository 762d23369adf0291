"""What applications add to the page of a call, and to the record of a meeting."""

from typing import Any

from dure.apps.applications import queries
from dure.apps.calls.models import Call
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("call actions", "applications/_call_actions.html")
def apply_to(call: Call, reader: Reader) -> dict[str, Any] | None:
    """The way to the check before an application, or for the office to how many there are."""
    if call.announced_at is None or not reader.is_authenticated:
        return None
    return {"call": call, "is_counting": queries.counts(call, reader) is not None}


@fills("call", "applications/_call_panel.html")
def applications_of(call: Call, reader: Reader) -> dict[str, Any] | None:
    """One's own applications, how many there are for the office, what was decided for all to see."""
    own = list(queries.own_applications(reader).filter(call=call))
    admitted = list(queries.admitted_in(call))
    early = list(queries.early_openings(call))
    counts = queries.counts(call, reader)
    if not (own or admitted or early or counts):
        return None
    return {"own": own, "admitted": admitted, "early": early, "counts": counts, "call": call}


@fills("record", "applications/_record_panel.html")
def apply_together(record: ConsultationRecord, reader: Reader) -> dict[str, Any] | None:
    """The way to an application, where joint development was agreed."""
    consultation_record = queries.joint_record(record.pk, reader)
    return {"record": consultation_record} if consultation_record else None
