"""An import as its pages show it: progress, counts, problems."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.jobs.models import Job, JobStage
from dure.foundation.sheets import Problem

STATES = {
    JobStage.WAITING: "running",
    JobStage.RUNNING: "running",
    JobStage.DONE: "done",
    JobStage.FAILED: "failed",
    JobStage.CANCELLED: "cancelled",
}
CHECK = "check_sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of spreadsheet that can be brought in."""

    name: str
    plural: Promise
    lead: Promise


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "needs",
            gettext_lazy("Bring in needs"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
        Sheet(
            "technologies",
            gettext_lazy("Bring in technologies"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
        Sheet(
            "organisations",
            gettext_lazy("Bring in organisations"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
    )
}


def state_of(job: Job) -> str:
    """The job's state as the progress component names it."""
    return STATES[JobStage(job.stage)]


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
    """The problems that a check or an import found, in the order of the file."""
    return [Problem(**problem) for problem in job.result.get("problems", ())]


def figures_of(job: Job) -> list[dict[str, Any]]:
    """What the file holds: rows, new, changed, unchanged, problems."""
    result = job.result
    problems = result.get("problem_count", 0)
    return [
        {"number": f"{result.get('rows', 0):,}", "label": _("Rows in the file")},
        {"number": f"{result.get('new', 0):,}", "label": _("New entries")},
        {"number": f"{result.get('changed', 0):,}", "label": _("Changed entries")},
        {"number": f"{result.get('same', 0):,}", "label": _("Unchanged")},
        {
            "number": f"{problems:,}",
            "label": _("Problems found"),
            "tone": "danger" if problems else "",
        },
    ]
