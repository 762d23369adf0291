"""Letters as jobs; deadlines that pass and reminders of them, by the clock."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.calls import operations, queries
from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress

FIGURES = {
    "sent": _("Sent"),
    "kept": _("Written to a file, not sent"),
    "failed": _("Not delivered"),
}


@job_handler(
    "send_letter",
    _("Letter"),
    figures=FIGURES,
    route="calls:letter",
    route_args=lambda job: [job.arguments["letter"]],
)
def send_letter(job: Job, progress: Progress) -> dict[str, Any]:
    """Send a letter; begun again after a crash, it goes on where it was."""
    letter = queries.letter_by_id(job.arguments["letter"])
    return operations.send(letter=letter, clock=timezone.now, progress=progress)


@app.periodic(cron="* * * * *")
@app.task(name="close_calls", queue="mail", queueing_lock="close_calls")
def close_every_minute(timestamp: int) -> None:
    """Keep that the deadline of calls has passed; pages go by the clock in any case."""
    operations.close_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="10 * * * *")
@app.task(name="remind_of_calls", queue="mail", queueing_lock="remind_of_calls")
def remind_every_hour(timestamp: int) -> None:
    """Remind of deadlines that come near."""
    operations.remind(at=datetime.fromtimestamp(timestamp, UTC))
