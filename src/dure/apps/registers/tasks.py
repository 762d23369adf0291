"""The long jobs of lists of facts."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import sheet_check, sheet_import
from dure.apps.imports.operations import Report
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.registers import operations
from dure.foundation.sheets import UnreadableFile


@sheet_check(operations.CHECK, _("Check of a list of facts"), route="registers:import_job")
def check_facts(job: Job, progress: Progress) -> dict[str, Any]:
    """Say what an import would do."""
    return _reported(operations.check_facts, job, progress)


@sheet_import(operations.IMPORT, _("Import of a list of facts"), route="registers:import_job")
def import_facts(job: Job, progress: Progress) -> dict[str, Any]:
    """Take a list of facts in."""
    return _reported(operations.import_facts, job, progress)


def _reported(run: Any, job: Job, progress: Progress) -> dict[str, Any]:
    path, by = Path(job.arguments["path"]), job.requested_by
    try:
        report: Report = run(path=path, by=by, at=timezone.now(), progress=progress)
    except UnreadableFile as unreadable:
        report = Report(problems=[unreadable.problem])
    return report.as_json()
