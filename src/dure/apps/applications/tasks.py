"""Receipts that are sent, and applications that are opened by the clock."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.applications import operations


@app.periodic(cron="* * * * *")
@app.task(name="open_applications", queue="mail", queueing_lock="open_applications")
def open_every_minute(timestamp: int) -> None:
    """Open what is due, or was asked for by the office."""
    at = datetime.fromtimestamp(timestamp, UTC) if timestamp else timezone.now()
    operations.open_due(at=at)
