"""Receipts that are sent, and applications that are opened by the clock."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.applications import operations, presenters, queries


@app.periodic(cron="* * * * *")
@app.task(name="open_applications", queue="mail", queueing_lock="open_applications")
def open_every_minute(timestamp: int) -> None:
    """Open what is due, or was asked for by the office."""
    at = datetime.fromtimestamp(timestamp, UTC) if timestamp else timezone.now()
    operations.open_due(at=at)


@app.task(name="send_receipt", queue="mail")
def send_receipt(submission_id: int) -> None:
    """Send the receipt to the project leader and to whoever approved it.

    It was asked for in the transaction of the submission, so it is sent also when the process that
    took the submission died. Sent twice it does no harm.
    """
    submission = queries.submission_by_id(submission_id)
    people = {submission.application.leader, submission.submitted_by}
    for person in sorted(people, key=lambda recipient: recipient.pk):
        presenters.receipt_mail(submission, person).send()
