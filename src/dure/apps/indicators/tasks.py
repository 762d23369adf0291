"""What boards count, ahead of whoever opens them."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.indicators import operations


@app.periodic(cron="*/15 * * * *")
@app.task(name="count_boards", queue="reaper", queueing_lock="count_boards")
def count_boards(timestamp: int) -> None:
    """Count what boards show of measures with many facts, every quarter of an hour."""
    operations.count_boards(at=timezone.now())
