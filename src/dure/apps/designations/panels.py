"""What registers add to the pages of organisations and of talks about a purchase."""

from typing import Any

from django.utils.timezone import localdate

from dure.apps.consultations.models import ConsultationRecord, NextStep
from dure.apps.designations import permissions, presenters, queries
from dure.apps.designations.kinds import registers
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("organisation", "designations/_organisation_panel.html")
def of_organisation(organisation: Organisation, reader: Reader) -> dict[str, Any] | None:
    """What an organisation is designated for, as far as the reader knows of it."""
    entries = queries.entries_visible_to(reader).filter(organisation=organisation)[:20]
    rows = presenters.rows_of(entries, localdate())
    return {"entries": rows} if rows else None


@fills("record", "designations/_record_panel.html")
def of_record(record: ConsultationRecord, reader: Reader) -> dict[str, Any] | None:
    """From a talk about a purchase to a trial purchase."""
    if record.next_step != NextStep.PURCHASE_TALK:
        return None
    entries = queries.entries_visible_to(reader).filter(record=record)
    ways = [
        register
        for register in registers().values()
        if register.from_talk and permissions.may_open(reader, register)
    ]
    if not (ways or entries):
        return None
    return {
        "entries": presenters.rows_of(entries, localdate()),
        "ways": ways,
        "query": f"?talk={record.pk}",
    }
