"""Checking the whole record and keeping what was found."""

from collections.abc import Sequence
from datetime import datetime

from dure.apps.records import adapter
from dure.apps.records.adapter import Fault
from dure.apps.records.models import Check, Place


def check(*, against: Sequence[bytes] = (), at: datetime) -> tuple[Check, list[Fault]]:
    """Compute the record anew, keep what was found, and return it with every fault.

    `against` are checkpoints that are kept elsewhere. Raises BadNote for one that this record's keys
    did not sign.
    """
    size = Place.objects.count()
    faults = list(adapter.faults(against))
    first = min(faults, key=lambda fault: (fault.index is None, fault.index or 0), default=None)
    kept = Check.objects.create(
        size=size,
        fault_count=len(faults),
        fault_kind=first.kind if first else "",
        first_bad=first.index if first else None,
        where=first.where[:200] if first else "",
        checked_at=at,
    )
    return kept, faults
