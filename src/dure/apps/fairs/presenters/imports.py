"""An import of participants as its pages show it: progress, counts, problems."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.jobs.models import Job, JobStage
from dure.foundation.sheets import Problem

CHECK = "check_participants"
KINDS = (CHECK, "import_participants")
STATES = {
    JobStage.WAITING: "running",
    JobStage.RUNNING: "running",
    JobStage.DONE: "done",
    JobStage.FAILED: "failed",
    JobStage.CANCELLED: "cancelled",
}


def left_of(job: Job, now: datetime) -> str:
    """How long the present step will still take, where that can be said."""
    if not (job.started_at and job.total and job.done and job.stage == JobStage.RUNNING):
        return ""
    seconds = (now - job.started_at).total_seconds() / job.done * (job.total - job.done)
    if seconds < 60:
        return _("less than a minute")
    minutes = round(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def problems_of(job: Job) -> list[Problem]:
    """What must be corrected, in the order of the file."""
    return [Problem(**problem) for problem in job.result.get("problems", ())]


def figures_of(job: Job) -> list[dict[str, Any]]:
    """What the file holds: rows, new, changed, unchanged, problems."""
    result = job.result
    problems = result.get("problem_count", 0)
    return [
        {"number": f"{result.get('rows', 0):,}", "label": _("Rows in the file")},
        {"number": f"{result.get('new', 0):,}", "label": _("New participants")},
        {"number": f"{result.get('changed', 0):,}", "label": _("Changed participants")},
        {"number": f"{result.get('same', 0):,}", "label": _("Unchanged")},
        {
            "number": f"{problems:,}",
            "label": _("Problems found"),
            "tone": "danger" if problems else "",
        },
    ]
