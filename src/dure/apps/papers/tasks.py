"""The periodic job of document boxes."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.papers import operations


@app.periodic(cron="20 7 * * *")
@app.task(name="warn_of_papers", queue="mail", queueing_lock="warn_of_papers")
def warn_every_morning(timestamp: int) -> None:
    """Tell people of papers that run out."""
    operations.warn(at=datetime.fromtimestamp(timestamp, UTC))
