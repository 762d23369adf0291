"""The daily look at mentoring."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.mentoring import operations


@app.periodic(cron="41 8 * * *")
@app.task(name="watch_mentoring", queue="reaper", queueing_lock="watch_mentoring")
def watch_mentoring(timestamp: int) -> None:
    """Ask for reviews that are due, and tell coordinators of silence, every morning."""
    operations.remind(at=timezone.now())
