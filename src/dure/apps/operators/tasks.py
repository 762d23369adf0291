"""The periodic job of operators."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.operators import operations


# The queue counts in UTC: this is twenty to eight in Seoul, before the daily e-mail.
@app.periodic(cron="40 22 * * *")
@app.task(name="remind_of_operators", queue="mail", queueing_lock="remind_of_operators")
def remind_every_morning(timestamp: int) -> None:
    """Tell operators whose term runs out soon."""
    operations.remind(at=timezone.now())
