"""The long jobs of lists of facts."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.registers import operations


@sheet_check(operations.CHECK, _("Check of a list of facts"), route="registers:import_job")
def check_facts(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return _run(operations.check_facts, job, progress)


@sheet_import(operations.IMPORT, _("Import of a list of facts"), route="registers:import_job")
def import_facts(job: Job, progress: Progress) -> Report:
    """Take a list of facts in."""
    return _run(operations.import_facts, job, progress)


def _run(run: Callable[..., Report], job: Job, progress: Progress) -> Report:
    path, by = Path(job.arguments["path"]), job.requested_by
    return run(path=path, by=by, at=timezone.now(), progress=progress)
