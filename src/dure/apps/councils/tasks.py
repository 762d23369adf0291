"""Votes that are counted by themselves when their time is over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.councils import operations


@app.periodic(cron="*/10 * * * *")
@app.task(name="count_council_votes", queue="mail", queueing_lock="count_council_votes")
def count_every_ten_minutes(timestamp: int) -> None:
    """Count the votes whose time is over."""
    operations.close_those_over(at=datetime.fromtimestamp(timestamp, UTC))
