"""What happens to large uploads by the clock: what nobody goes on with is forgotten."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.uploads import operations


@app.periodic(cron="40 * * * *")
@app.task(name="sweep_uploads", queue="mail", queueing_lock="sweep_uploads")
def sweep_every_hour(timestamp: int) -> None:
    """Forget uploads that nothing uses and nobody has gone on with for three days."""
    operations.sweep(at=datetime.fromtimestamp(timestamp, UTC))
