"""What happens to large uploads beside the requests: long ones are checked, unused ones forgotten."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.uploads import operations, queries


@app.task(name="check_upload", queue="jobs")
def check_upload(upload_id: str) -> None:
    """Hash a long file that is all here, and have it scanned; one that is gone is left alone."""
    for upload in queries.checking(upload_id):
        operations.check(upload=upload)


@app.periodic(cron="40 * * * *")
@app.task(name="sweep_uploads", queue="mail", queueing_lock="sweep_uploads")
def sweep_every_hour(timestamp: int) -> None:
    """Forget uploads that nothing uses and nobody has gone on with for three days; check again what was lost."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for upload in queries.checks_lost(at):
        operations.check(upload=upload)
    operations.sweep(at=at)
