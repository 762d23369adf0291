"""What the long jobs of fairs do."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs import operations
from dure.apps.fairs.queries import fairs_visible_to
from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress


@sheet_check("check_participants", _("Check of a list of participants"), route="fairs:import_job")
def check_participants(job: Job, progress: Progress) -> Report:
    """Say what an import of participants would do."""
    return operations.check_participants(
        fair=fairs_visible_to(job.requested_by).get(pk=job.arguments["fair"]),
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        progress=progress,
    )


@sheet_import(
    "import_participants", _("Import of a list of participants"), route="fairs:import_job"
)
def import_participants(job: Job, progress: Progress) -> Report:
    """Take a spreadsheet of participants in."""
    return operations.import_participants(
        fair=fairs_visible_to(job.requested_by).get(pk=job.arguments["fair"]),
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )


# It ends when the plan is proven best, which nobody can foresee: the total is only the limit.
@job_handler(
    "plan_fair",
    _("Timetable of a fair"),
    figures={
        "meetings": _("Meetings"),
        "unplaced": _("Requests without a place"),
        "weight": _("Weight of the meetings"),
        "bound": _("Most that is possible"),
        "seconds": _("Seconds"),
    },
    route="fairs:timetable",
    route_args=lambda job: [job.arguments["fair"]],
    is_foreseeable=False,
)
def plan_fair(job: Job, progress: Progress) -> dict[str, Any]:
    """Make a draft of the timetable of a fair."""
    return operations.plan(
        fair=fairs_visible_to(job.requested_by).get(pk=job.arguments["fair"]),
        is_near=job.arguments["is_near"],
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )


@job_handler(
    operations.WHAT_IF,
    _("What more tables would bring"),
    figures={
        "tables": _("Tables more"),
        "now": _("Meetings as it is"),
        "then": _("Meetings with them"),
        "more": _("Meetings more"),
    },
    route="fairs:timetable",
    route_args=lambda job: [job.arguments["fair"]],
    is_foreseeable=False,
)
def what_if_fair(job: Job, progress: Progress) -> dict[str, Any]:
    """Say how many meetings more tables would hold."""
    return operations.what_if(
        fair=fairs_visible_to(job.requested_by).get(pk=job.arguments["fair"]),
        tables=job.arguments["tables"],
        at=timezone.now(),
        progress=progress,
    )
