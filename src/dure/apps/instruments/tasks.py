"""Vouchers that run out, by the clock."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.instruments import operations


@app.periodic(cron="25 0 * * *")
@app.task(name="lapse_vouchers", queue="mail", queueing_lock="lapse_vouchers")
def lapse_every_night(timestamp: int) -> None:
    """End vouchers whose last day has passed; what was not used is free again."""
    operations.lapse_due(at=datetime.fromtimestamp(timestamp, UTC))
