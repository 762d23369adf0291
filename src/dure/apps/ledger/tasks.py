"""Seals, by the clock."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.ledger import operations


@app.periodic(cron="* * * * *")
@app.task(name="seal_ledger", queue="mail", queueing_lock="seal_ledger")
def seal_every_minute(timestamp: int) -> None:
    """Seal what was posted in the last minute."""
    operations.seal(at=datetime.fromtimestamp(timestamp, UTC))
