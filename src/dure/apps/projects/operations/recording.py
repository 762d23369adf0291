"""What of projects stands in the sealed record: each settlement, with the hash of its account."""

from datetime import datetime

from dure.apps.people.models import User
from dure.apps.projects import kinds
from dure.apps.projects.models import Settlement
from dure.apps.records.operations import record
from dure.foundation import sealing


def record_settlement(settlement: Settlement, *, by: User, at: datetime) -> None:
    """What a settlement came to, in won, and the fingerprint of the whole account."""
    project, result = settlement.project, settlement.result
    members = project.members.select_related("organisation")
    record(
        kind=kinds.SETTLED,
        about=f"project:{project.pk}",
        content={
            "number": project.number,
            "stage": settlement.of_stage,
            "recovered_won": int(result["recovered"]),
            "to_pay_won": int(result["to_pay"]),
            "disallowed_in_kind_won": int(result["disallowed_in_kind"]),
            "account_sha256": sealing.digest(result),
        },
        parties=[member.organisation for member in members],
        is_of_office=True,
        by=by,
        at=at,
    )
