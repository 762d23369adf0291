"""What of a selection stands in the sealed record: each decision, as it was taken."""

from datetime import datetime

from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.apps.selection import kinds
from dure.apps.selection.models import Decision
from dure.foundation import sealing


def record_decision(decision: Decision, *, by: User, at: datetime) -> None:
    """What was decided on an application, in figures; its words as hashes."""
    words = {"conditions": decision.conditions, "reason": decision.reason}
    content = {
        "application": decision.application.number,
        "outcome": decision.outcome,
        "cause": decision.cause,
        "rank": decision.rank,
        "score": str(decision.score) if decision.score is not None else None,
        "granted_won": decision.granted,
        "months": decision.months,
        "words_sha256": sealing.digest(words),
    }
    record(
        kind=kinds.DECIDED,
        about=f"decision:{decision.pk}",
        content=content,
        parties=[decision.application.organisation],
        is_of_office=True,
        by=by,
        at=at,
    )
