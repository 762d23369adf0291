"""Daily work of support services."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.support import operations


@app.periodic(cron="23 8 * * *")
@app.task(name="watch_support", queue="reaper", queueing_lock="watch_support")
def watch_support(timestamp: int) -> None:
    """Warn of terms and erase what is to be forgotten, every morning."""
    operations.warn(at=timezone.now())
    operations.forget(at=timezone.now())
