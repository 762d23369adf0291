"""The periodic job of imports."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.imports import operations


@app.periodic(cron="17 3 * * *")
@app.task(name="forget_uploads", queue="reaper", queueing_lock="forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """Delete old spreadsheets, every night."""
    operations.forget_uploads(at=timezone.now())
