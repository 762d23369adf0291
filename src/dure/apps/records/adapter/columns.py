"""What stands beside an entry, against what the entry says."""

import json
from collections.abc import Sequence
from datetime import datetime

from dure.apps.records.adapter.leaves import moment


def differs(
    leaf: str, kind: str, about: str, parties: Sequence[int], by: int | None, at: datetime
) -> bool:
    """Whether the columns of an entry say something else than its leaf."""
    try:
        said = json.loads(leaf)
        named = sorted({int(party["id"].partition(":")[2]) for party in said["parties"]})
        told = (said["kind"], said["about"], named, said["by"], said["at"])
    except (KeyError, TypeError, ValueError):
        return True
    person = f"person:{by}" if by is not None else None
    return told != (kind, about, list(parties), person, moment(at))
