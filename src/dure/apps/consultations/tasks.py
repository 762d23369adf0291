"""The periodic jobs of the day."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.consultations.operations.reminders import remind


# The queue counts in UTC: this is six in the evening in Seoul. It also says the time.
@app.periodic(cron="0 9 * * *")
@app.task(name="remind_of_fairs", queue="mail", queueing_lock="remind_of_fairs")
def remind_every_evening(timestamp: int) -> None:
    """Remind everybody of their meetings of tomorrow."""
    remind(at=datetime.fromtimestamp(timestamp, UTC))
