"""Checkpoints each minute, timestamps on them, a check of everything each night."""

from contextlib import suppress
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dure.apps.records import operations


@app.periodic(cron="* * * * *")
@app.task(name="seal_records", queue="mail", queueing_lock="seal_records")
def seal_every_minute(timestamp: int) -> None:
    """Sign what was recorded in the last minute, and have it timestamped."""
    at = datetime.fromtimestamp(timestamp, UTC)
    operations.seal(at=at)
    operations.stamp(at=at)


# The queue counts in UTC: this is half past three in the night in Seoul.
@app.periodic(cron="30 18 * * *")
@app.task(name="check_records_by_night", queue="mail", queueing_lock="check_records")
def check_every_night(timestamp: int) -> None:
    """Compute the whole record anew."""
    operations.check(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(name="check_records", queue="mail", queueing_lock="check_records")
def check_now() -> None:
    """Compute the whole record anew because somebody asked for it."""
    operations.check(at=timezone.now())


def ask_for_check() -> None:
    """Have a worker check the whole record, once however many ask."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        check_now.defer()
