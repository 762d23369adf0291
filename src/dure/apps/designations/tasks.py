"""Long and daily work of registers of designations."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.designations import operations
from dure.apps.designations.kinds import registers
from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress


@sheet_check(operations.CHECK, _("Check of a register"), route="designations:import_job")
def check_designations(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return _run(operations.check_entries, job, progress)


@sheet_import(operations.IMPORT, _("Import of a register"), route="designations:import_job")
def import_designations(job: Job, progress: Progress) -> Report:
    """Take a list of a register in."""
    return _run(operations.import_entries, job, progress)


def _run(run: Callable[..., Report], job: Job, progress: Progress) -> Report:
    return run(
        register=registers()[job.arguments["register"]],
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )


@app.periodic(cron="13 8 * * *")
@app.task(name="watch_designations", queue="reaper", queueing_lock="watch_designations")
def watch_designations(timestamp: int) -> None:
    """Bring to an end whose term is over, and remind of those that end soon, every morning."""
    operations.lapse(at=timezone.now())
    operations.remind(at=timezone.now())
