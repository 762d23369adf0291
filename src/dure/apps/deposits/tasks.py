"""What happens to deposits by the clock: notices, the end of terms, destruction after the days of grace."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.deposits import operations


@app.periodic(cron="10 6 * * *")
@app.task(name="keep_deposits", queue="mail", queueing_lock="keep_deposits")
def keep_every_morning(timestamp: int) -> None:
    """Tell depositors of the end of terms, end them, and destroy what nobody renewed."""
    at = datetime.fromtimestamp(timestamp, UTC)
    operations.lapse_due(at=at)
    operations.notify_due(at=at)
    operations.destroy_due(at=at)
