"""The survey of groups, checked and taken in."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.groups import operations
from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress


@sheet_check(operations.CHECK, _("Check of a survey of groups"), route="groups:import_job")
def check_groups(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return operations.check_groups(
        path=Path(job.arguments["path"]), by=job.requested_by, at=timezone.now(), progress=progress
    )


@sheet_import(operations.IMPORT, _("Import of a survey of groups"), route="groups:import_job")
def import_groups(job: Job, progress: Progress) -> Report:
    """Take a survey in."""
    return operations.import_groups(
        path=Path(job.arguments["path"]), by=job.requested_by, at=timezone.now(), progress=progress
    )
