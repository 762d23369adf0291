"""The survey of groups, checked and taken in."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.groups import operations, queries
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


@sheet_check(operations.CHECK_BANK, _("Check of a bank's file of a group"), route="groups:bank_job")
def check_bank(job: Job, progress: Progress) -> Report:
    """Say what taking in a bank's file would do."""
    return operations.check_bank(**_of(job, progress))


@sheet_import(
    operations.IMPORT_BANK, _("Import of a bank's file of a group"), route="groups:bank_job"
)
def import_bank(job: Job, progress: Progress) -> Report:
    """Book what a bank's file says."""
    return operations.import_bank(**_of(job, progress))


def _of(job: Job, progress: Progress) -> dict[str, Any]:
    return {
        "group": queries.group_by_id(job.arguments["group"]),
        "path": Path(job.arguments["path"]),
        "by": job.requested_by,
        "at": timezone.now(),
        "progress": progress,
    }
