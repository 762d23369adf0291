"""What happens to agreements by the clock: signing that runs out, decisions to draw up, reminders."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from dure.apps.agreements import operations


@app.periodic(cron="5 * * * *")
@app.task(name="expire_agreements", queue="mail", queueing_lock="expire_agreements")
def expire_every_hour(timestamp: int) -> None:
    """End the signing of agreements and changes whose last day has passed."""
    at = datetime.fromtimestamp(timestamp, UTC)
    operations.expire_due(at=at)
    operations.expire_changes(at=at)


@app.periodic(cron="15 * * * *")
@app.task(name="draft_decided", queue="mail", queueing_lock="draft_decided")
def draft_decided_every_hour(timestamp: int) -> None:
    """Draw up what was selected, and drop what was given up, while nobody listened."""
    at = datetime.fromtimestamp(timestamp, UTC)
    operations.drop_given_up(at=at)
    operations.follow_revocations(at=at)
    operations.draft_decided(at=at)


@app.periodic(cron="35 8 * * *")
@app.task(name="remind_of_agreements", queue="mail", queueing_lock="remind_of_agreements")
def remind_every_morning(timestamp: int) -> None:
    """Remind of obligations, own cash that is late, signatures and answers that are missing."""
    at = datetime.fromtimestamp(timestamp, UTC)
    operations.complete_obligations(at=at)
    operations.remind(at=at)
    operations.remind_signers(at=at)
    operations.remind_answers(at=at)
