"""The daily look at courses."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.training import operations


@app.periodic(cron="11 9 * * *")
@app.task(name="remind_of_training", queue="reaper", queueing_lock="remind_of_training")
def remind_of_training(timestamp: int) -> None:
    """Remind of tomorrow's courses, every morning."""
    operations.remind(at=timezone.now())
