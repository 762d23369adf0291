"""The run of the screening as a job."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.screening import operations


@job_handler(
    "screen",
    _("Screening of spending"),
    figures={"projects": _("Projects"), "rows": _("Expenses")},
    route="screening:list",
)
def screen(job: Job, progress: Progress) -> dict[str, Any]:
    """Look at the spending of all projects; begun again after a crash, from the start."""
    run = operations.run(by=job.requested_by, clock=timezone.now, progress=progress)
    return {"projects": run.projects, "rows": run.rows}
