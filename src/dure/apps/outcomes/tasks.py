"""Nightly work of outcomes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.outcomes import operations


@app.periodic(cron="41 3 * * *")
@app.task(name="complete_outcomes", queue="reaper", queueing_lock="complete_outcomes")
def complete_outcomes(timestamp: int) -> None:
    """Take in follow-ups that were missed, and look again for ways that lead to no need."""
    operations.take_follow_ups(at=timezone.now())
    operations.find_ways_again(at=timezone.now())
