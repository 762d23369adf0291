"""The periodic job of agreements."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.ndas import operations


# The queue counts in UTC: this is half past seven in Seoul, before the daily e-mail.
@app.periodic(cron="30 22 * * *")
@app.task(name="remind_of_ndas", queue="mail", queueing_lock="remind_of_ndas")
def remind_every_morning(timestamp: int) -> None:
    """Tell the people of agreements that run out soon or are over."""
    operations.remind(at=timezone.now())
