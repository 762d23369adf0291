"""Long and daily work of support services."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.support import operations


@sheet_check(operations.CHECK, _("Check of a list of partners"), route="support:import_job")
def check_partners(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return _run(operations.check_profiles, job, progress)


@sheet_import(operations.IMPORT, _("Import of a list of partners"), route="support:import_job")
def import_partners(job: Job, progress: Progress) -> Report:
    """Take a list of partners in."""
    return _run(operations.import_profiles, job, progress)


def _run(run: Callable[..., Report], job: Job, progress: Progress) -> Report:
    path = Path(job.arguments["path"])
    return run(path=path, by=job.requested_by, at=timezone.now(), progress=progress)


@app.periodic(cron="23 8 * * *")
@app.task(name="watch_support", queue="reaper", queueing_lock="watch_support")
def watch_support(timestamp: int) -> None:
    """Warn of terms and erase what is to be forgotten, every morning."""
    operations.warn(at=timezone.now())
    operations.forget(at=timezone.now())
