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
        content = json.loads(leaf)
        named = sorted({int(party["id"].partition(":")[2]) for party in content["parties"]})
        recorded = (content["kind"], content["about"], named, content["by"], content["at"])
    except (KeyError, TypeError, ValueError):
        return True
    person = f"person:{by}" if by is not None else None
    return recorded != (kind, about, list(parties), person, moment(at))
