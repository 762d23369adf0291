"""How a long job is said: what it is, how far it is, how long it still takes, what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.jobs.models import Job, JobStage, Step
from dure.foundation.sheets import Problem

KINDS = {
    "import_sheet": gettext_lazy("Import of a spreadsheet"),
    "check_sheet": gettext_lazy("Check of a spreadsheet"),
    "check_participants": gettext_lazy("Check of a list of participants"),
    "import_participants": gettext_lazy("Import of a list of participants"),
    "match_all": gettext_lazy("Matching of everything"),
    "match_changed": gettext_lazy("Matching of what changed"),
    "plan_fair": gettext_lazy("Timetable of a fair"),
    "find_resemblances": gettext_lazy("Search for near-duplicates"),
    "rebuild_index": gettext_lazy("Rebuilding of the search index"),
}
RESULTS = {
    "rows": gettext_lazy("Rows read"),
    "new": gettext_lazy("Newly entered"),
    "changed": gettext_lazy("Changed rows"),
    "same": gettext_lazy("Unchanged"),
    "problem_count": gettext_lazy("Problems"),
    "needs": gettext_lazy("Needs"),
    "technologies": gettext_lazy("Technologies"),
    "suggestions": gettext_lazy("Suggestions"),
    "pairs": gettext_lazy("Pairs"),
    "found": gettext_lazy("Found"),
    "documents": gettext_lazy("Documents"),
    "passages": gettext_lazy("Passages"),
    "meetings": gettext_lazy("Meetings"),
    "unplaced": gettext_lazy("Requests without a place"),
    "weight": gettext_lazy("Weight of the meetings"),
    "bound": gettext_lazy("Most that is possible"),
    "seconds": gettext_lazy("Seconds"),
}
# Titles that the platform itself gives; those of people's files are shown as they are.
TITLES = (
    gettext_lazy("Match everything"),
    gettext_lazy("Match what changed"),
    gettext_lazy("Find near-duplicates"),
    gettext_lazy("Rebuild the index"),
)
# Where the result of a kind of job is shown; the pages belong to higher apps.
RESULT_PAGES = {
    "check_sheet": "catalog:import_job",
    "import_sheet": "catalog:import_job",
    "check_participants": "fairs:import_job",
    "import_participants": "fairs:import_job",
    "match_all": "matches:inbox",
    "match_changed": "matches:inbox",
    "find_resemblances": "catalog:resemblances",
}
# The checks of a file: what they find can be taken in by a second job.
CHECKS = {"check_sheet", "check_participants"}
TONES = {
    JobStage.WAITING: "",
    JobStage.RUNNING: "primary",
    JobStage.DONE: "success",
    JobStage.FAILED: "danger",
    JobStage.CANCELLED: "warning",
}
# Sooner than this the speed is a guess.
SECONDS_TO_KNOW_THE_SPEED = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A job in words, for the page and for the command line."""

    title: str
    kind: str
    stage: str
    tone: str
    step: str
    left: str
    attempts: str
    error: str
    result: list[tuple[str, str]]
    result_url: str


def shown(job: Job, now: datetime) -> Shown:
    """Say a job as it stands at `now`."""
    return Shown(
        title=_(job.title) if job.title else kind_of(job),
        kind=kind_of(job),
        stage=stage_of(job),
        tone=TONES[JobStage(job.stage)],
        step=job.get_step_display() if job.step and not job.has_ended else "",
        left=time_left(job, now),
        attempts=attempts_of(job),
        error=error_of(job),
        result=result_of(job),
        result_url=result_url_of(job),
    )


def kind_of(job: Job) -> str:
    """What kind of work it is."""
    return str(KINDS.get(job.kind, job.kind))


def stage_of(job: Job) -> str:
    """Where it stands; a job that was told to stop says so until it has stopped."""
    if job.is_cancelling and not job.has_ended:
        return _("Stopping")
    return job.get_stage_display()


def time_left(job: Job, now: datetime) -> str:
    """How long this step still takes at the speed so far; empty while that is a guess.

    A plan ends when it is proven best, which nobody can foresee: its total is only the limit.
    """
    if job.step == Step.PLAN:
        return ""
    if job.stage != JobStage.RUNNING or not job.step_started_at or not job.done or not job.total:
        return ""
    gone = now - job.step_started_at
    if gone < timedelta(seconds=SECONDS_TO_KNOW_THE_SPEED):
        return ""
    return spoken(gone * (job.total - job.done) / job.done)


def spoken(span: timedelta) -> str:
    """A length of time as people say it: 40 seconds, 3 minutes, 2 hours."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds < 3600:
        minutes = round(seconds / 60)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(seconds / 3600)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def duration_of(job: Job, now: datetime) -> str:
    """How long it has run, or ran in its last attempt."""
    if not job.started_at:
        return ""
    return spoken((job.ended_at or now) - job.started_at)


def attempts_of(job: Job) -> str:
    """That it was started again, if it was."""
    if job.attempts < 2:
        return ""
    times = job.attempts - 1
    return ngettext(
        "Started again after its worker died.",
        "Started again %(n)s times after its worker died.",
        times,
    ) % {"n": times}


def error_of(job: Job) -> str:
    """Why it failed: a refusal in its own words, anything else as an unexpected error."""
    if not job.error:
        return ""
    said = _(job.error)
    first, colon, _rest = job.error.partition(": ")
    is_exception = bool(colon) and first.isidentifier() and said == job.error
    if not is_exception:
        return said
    return _(
        "Something went wrong that should not have. Nothing half-done was kept. "
        "Start it again; if it fails again, tell the programme office: %(error)s"
    ) % {"error": job.error}


def result_of(job: Job) -> list[tuple[str, str]]:
    """The figures of the result, with their labels."""
    known = [key for key in RESULTS if key in job.result]
    others = sorted(key for key in job.result if key not in RESULTS)
    return [
        (str(RESULTS.get(key, key.replace("_", " "))), f"{value:,}")
        for key in [*known, *others]
        if isinstance(value := job.result[key], int | float) and not isinstance(value, bool)
    ]


def checked_file(job: Job) -> dict[str, Any]:
    """What a check or an import of a spreadsheet found: problems, numbers, the first titles."""
    result = job.result
    problems = [Problem(**problem) for problem in result.get("problems", ())]
    count = result.get("problem_count", 0)
    figures = [
        {"number": f"{result.get(key, 0):,}", "label": RESULTS[key]}
        for key in ("rows", "new", "changed", "same")
    ]
    tone = "danger" if count else ""
    figures.append({"number": f"{count:,}", "label": RESULTS["problem_count"], "tone": tone})
    return {
        "is_check": job.kind in CHECKS,
        "problems": problems,
        "more_problems": count - len(problems),
        "figures": figures,
        "titles": result.get("titles", ()),
    }


def result_url_of(job: Job) -> str:
    """The page on which the result of a job that is done can be seen, if there is one."""
    page = RESULT_PAGES.get(job.kind)
    if job.kind == "plan_fair" and job.stage == JobStage.DONE:
        return reverse("fairs:timetable", args=[job.arguments["fair"]])
    if page is None or job.stage != JobStage.DONE:
        return ""
    return reverse(page, args=[job.pk] if page.endswith(":import_job") else [])


def headers() -> list[str]:
    """The headers of the workbook of jobs."""
    return [
        _("Job"),
        _("Kind"),
        _("Status"),
        _("Asked by"),
        _("Asked"),
        _("Started"),
        _("Ended"),
        _("Done"),
        _("Total"),
        _("Attempts"),
        _("Error"),
    ]


def row_of(job: Job) -> list[Any]:
    """One line of the workbook of jobs."""
    moments = [job.asked_at, job.started_at, job.ended_at]
    return [
        _(job.title) if job.title else kind_of(job),
        kind_of(job),
        stage_of(job),
        str(job.asked_by or ""),
        *(localtime(moment) if moment else "" for moment in moments),
        job.done,
        job.total,
        job.attempts,
        error_of(job),
    ]
