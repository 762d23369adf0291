"""The run of the screening as a job."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

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


@job_handler(
    operations.KIND,
    _("Screening of files"),
    figures={"projects": _("Projects"), "rows": _("Expenses")},
    route="screening:file_run",
    route_args=lambda job: [job.arguments["run"]],
)
def screen_files(job: Job, progress: Progress) -> dict[str, Any]:
    """Look at spending that was handed in as files."""
    arguments = job.arguments
    run = operations.screen_files(
        run_id=arguments["run"], paths=arguments["paths"], clock=timezone.now, progress=progress
    )
    return {"projects": run.projects, "rows": run.rows}


@job_handler(operations.MEASURE, _("Effect of changed parameters"), route="screening:rules")
def measure_rules(job: Job, progress: Progress) -> dict[str, Any]:
    """What drafted parameters would have changed on the spending of last year."""
    operations.measure_effect(
        rules_id=job.arguments["rules"], clock=timezone.now, progress=progress
    )
    return {}


@app.periodic(cron="0 4 1 * *")
@app.task(name="screen_monthly", queue="reaper", queueing_lock="screen_monthly")
def screen_monthly(timestamp: int) -> None:
    """Put the run of the month in the queue, on its first day."""
    operations.ask_for_monthly_run()


@app.periodic(cron="27 3 * * *")
@app.task(name="forget_screened_files", queue="reaper", queueing_lock="forget_screened_files")
def forget_screened_files(timestamp: int) -> None:
    """Delete files whose job never came to its end, every night."""
    operations.forget_files(at=timezone.now())
