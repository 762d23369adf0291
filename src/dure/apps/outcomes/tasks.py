"""Long and nightly work of outcomes."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.outcomes import operations


@sheet_check(operations.CHECK, _("Check of a list of outcomes"), route="outcomes:import_job")
def check_outcomes(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return _run(operations.check_outcomes, job, progress)


@sheet_import(operations.IMPORT, _("Import of a list of outcomes"), route="outcomes:import_job")
def import_outcomes(job: Job, progress: Progress) -> Report:
    """Take a list of outcomes in."""
    return _run(operations.import_outcomes, job, progress)


def _run(run: Callable[..., Report], job: Job, progress: Progress) -> Report:
    path, by = Path(job.arguments["path"]), job.requested_by
    return run(path=path, by=by, at=timezone.now(), progress=progress)


@app.periodic(cron="41 3 * * *")
@app.task(name="complete_outcomes", queue="reaper", queueing_lock="complete_outcomes")
def complete_outcomes(timestamp: int) -> None:
    """Take in follow-ups that were missed, and look again for ways that lead to no need."""
    operations.take_follow_ups(at=timezone.now())
    operations.find_ways_again(at=timezone.now())
