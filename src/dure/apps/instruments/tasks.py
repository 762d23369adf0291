"""Lists of monthly payments as long jobs; vouchers that run out, by the clock."""

from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.imports.kinds import Report, sheet_import
from dure.apps.instruments import operations, queries
from dure.apps.instruments.kinds import COLLECTION
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress


@sheet_import(COLLECTION, _("Monthly payments into savings"), route="instruments:collection")
def collect_savings(job: Job, progress: Progress) -> Report:
    """Take a list of monthly payments in."""
    return operations.take_list(
        scheme=queries.schemes_visible_to(job.requested_by).get(pk=job.arguments["scheme"]),
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )


@app.periodic(cron="25 0 * * *")
@app.task(name="lapse_vouchers", queue="mail", queueing_lock="lapse_vouchers")
def lapse_every_night(timestamp: int) -> None:
    """End vouchers whose last day has passed; what was not used is free again."""
    operations.lapse_due(at=datetime.fromtimestamp(timestamp, UTC))
