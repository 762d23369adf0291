"""What the long jobs of fairs do."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from dure.apps.fairs import operations
from dure.apps.fairs.queries import fairs_visible_to
from dure.apps.imports.operations import Report
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, work
from dure.foundation.sheets import UnreadableFile


@work("check_participants")
def check_participants(job: Job, progress: Progress) -> dict[str, Any]:
    """Say what an import of participants would do."""
    try:
        report = operations.check_participants(
            fair=fairs_visible_to(job.asked_by).get(pk=job.arguments["fair"]),
            path=Path(job.arguments["path"]),
            by=job.asked_by,
            progress=progress,
        )
    except UnreadableFile as unreadable:
        report = Report(problems=[unreadable.problem])
    return report.as_json()


@work("import_participants")
def import_participants(job: Job, progress: Progress) -> dict[str, Any]:
    """Take a spreadsheet of participants in."""
    try:
        report = operations.import_participants(
            fair=fairs_visible_to(job.asked_by).get(pk=job.arguments["fair"]),
            path=Path(job.arguments["path"]),
            by=job.asked_by,
            at=timezone.now(),
            progress=progress,
        )
    except UnreadableFile as unreadable:
        report = Report(problems=[unreadable.problem])
    return report.as_json()


@work("plan_fair")
def plan_fair(job: Job, progress: Progress) -> dict[str, Any]:
    """Make a draft of the timetable of a fair."""
    return operations.plan(
        fair=fairs_visible_to(job.asked_by).get(pk=job.arguments["fair"]),
        is_near=job.arguments["is_near"],
        by=job.asked_by,
        at=timezone.now(),
        progress=progress,
    )
