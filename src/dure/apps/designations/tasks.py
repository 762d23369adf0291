"""Long and daily work of registers of designations."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.designations import operations
from dure.apps.designations.kinds import registers
from dure.apps.imports.kinds import sheet_check, sheet_import
from dure.apps.imports.operations import Report
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import UnreadableFile


@sheet_check(operations.CHECK, _("Check of a register"), route="designations:import_job")
def check_designations(job: Job, progress: Progress) -> dict[str, Any]:
    """Say what an import would do."""
    return _reported(operations.check_entries, job, progress)


@sheet_import(operations.IMPORT, _("Import of a register"), route="designations:import_job")
def import_designations(job: Job, progress: Progress) -> dict[str, Any]:
    """Take a list of a register in."""
    return _reported(operations.import_entries, job, progress)


def _reported(run: Any, job: Job, progress: Progress) -> dict[str, Any]:
    try:
        report: Report = run(
            register=registers()[job.arguments["register"]],
            path=Path(job.arguments["path"]),
            by=job.requested_by,
            at=timezone.now(),
            progress=progress,
        )
    except UnreadableFile as unreadable:
        report = Report(problems=[unreadable.problem])
    return report.as_json()


@app.periodic(cron="13 8 * * *")
@app.task(name="watch_designations", queue="reaper", queueing_lock="watch_designations")
def watch_designations(timestamp: int) -> None:
    """Bring to an end whose term is over, and remind of those that end soon, every morning."""
    operations.lapse(at=timezone.now())
    operations.remind(at=timezone.now())
