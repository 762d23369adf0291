"""What selections do by the clock."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.selection import operations


@app.periodic(cron="20 0 * * *")
@app.task(name="remind_reviewers", queue="mail", queueing_lock="remind_reviewers")
def remind_every_morning(timestamp: int) -> None:
    """Remind of sheets that are due or overdue: at twenty past nine in Seoul."""
    operations.remind_due(at=datetime.fromtimestamp(timestamp, UTC))
