"""Daily work of registers of designations."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.designations import operations


@app.periodic(cron="13 8 * * *")
@app.task(name="watch_designations", queue="reaper", queueing_lock="watch_designations")
def watch_designations(timestamp: int) -> None:
    """Bring to an end whose term is over, and remind of those that end soon, every morning."""
    operations.lapse(at=timezone.now())
    operations.remind(at=timezone.now())
