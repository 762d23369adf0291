"""Long work of projects: statements taken in; agreements without a project; what ended ones are asked."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dure.apps.agreements.queries import changed_since
from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.projects import operations, queries
from dure.apps.projects.models import Member


@sheet_check("check_statement", _("Check of a statement"), route="projects:statement_job")
def check_statement(job: Job, progress: Progress) -> Report:
    """Say what taking in a statement would do."""
    return operations.check_statement(
        member=_member(job),
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        progress=progress,
    )


@sheet_import("import_statement", _("Import of a statement"), route="projects:statement_job")
def import_statement(job: Job, progress: Progress) -> Report:
    """Take in a statement."""
    return operations.import_statement(
        member=_member(job),
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )


def _member(job: Job) -> Member:
    project = queries.projects_visible_to(job.requested_by).get(pk=job.arguments["project"])
    return queries.members_acted_for(job.requested_by, project).get(pk=job.arguments["member"])


@app.periodic(cron="7 8 * * *")
@app.task(name="ask_follow_ups", queue="reaper", queueing_lock="ask_follow_ups")
def ask_follow_ups(timestamp: int) -> None:
    """Ask what became of projects that ended years ago."""
    operations.ask_follow_ups(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(name="open_signed", queue="reaper", queueing_lock="open_signed")
def open_signed_every_hour(timestamp: int) -> None:
    """Open and bring up to date the projects of agreements while nobody listened."""
    now = timezone.now()
    operations.open_signed(at=now)
    for agreement in changed_since(timezone.localdate(now) - timedelta(days=2)):
        operations.follow_agreement(agreement.pk)
