"""Agreements as the facts of them that are recorded: hashes of what was signed, never the material."""

from typing import Any

from dure.apps.ndas.models import Nda
from dure.foundation import sealing


def recorded(nda: Nda) -> dict[str, Any]:
    """What `records.operations.record` says of an agreement as it stands now."""
    content = {
        "number": nda.document_number,
        "stage": nda.stage,
        "last_day": nda.last_day.isoformat(),
        "return_on": nda.return_on.isoformat(),
        "terms_sha256": sealing.digest(nda.terms),
        "people_sha256": sealing.digest(sorted(nda.people.values_list("email", flat=True))),
        "reason_sha256": sealing.digest(nda.reason) if nda.reason else None,
        "returned_as": nda.returned_as or None,
    }
    parties = [nda.disclosing_party, nda.receiving_party]
    return {"about": f"nda:{nda.pk}", "content": content, "parties": parties}
