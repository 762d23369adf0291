"""What of an application stands in the sealed record: its receipt, with the hash of what was sealed."""

from datetime import datetime

from dure.apps.applications import kinds
from dure.apps.applications.models import Application, Submission
from dure.apps.people.models import User
from dure.apps.records.operations import record


def record_receipt(submission: Submission) -> None:
    """That a version arrived, when, and the fingerprint of its content."""
    application = submission.application
    content = {
        "receipt": submission.receipt_number,
        "content_sha256": submission.content_hash,
        "is_late": submission.is_late,
    }
    record(
        kind=kinds.RECEIVED,
        about=f"application:{application.pk}",
        content=content,
        parties=[application.organisation],
        is_of_office=True,
        by=submission.submitted_by,
        at=submission.submitted_at,
    )


def record_withdrawal(application: Application, *, by: User, at: datetime) -> None:
    """That what was received no longer stands."""
    record(
        kind=kinds.WITHDRAWN,
        about=f"application:{application.pk}",
        content={"number": application.number},
        parties=[application.organisation],
        is_of_office=True,
        by=by,
        at=at,
    )
