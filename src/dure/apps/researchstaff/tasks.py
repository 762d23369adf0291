"""The daily erasing of what is no longer needed."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.researchstaff import operations


@app.periodic(cron="33 4 * * *")
@app.task(name="forget_researchers", queue="reaper", queueing_lock="forget_researchers")
def forget_researchers(timestamp: int) -> None:
    """Erase applications whose term is over, every night."""
    operations.forget(at=timezone.now())
