"""Periodic work of royalties."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.royalties import operations


@app.periodic(cron="17 8 * * *")
@app.task(name="ask_royalties", queue="reaper", queueing_lock="ask_royalties")
def ask_royalties(timestamp: int) -> None:
    """Ask firms for the income that ended projects brought last year."""
    operations.ask_royalties(at=timezone.now())
