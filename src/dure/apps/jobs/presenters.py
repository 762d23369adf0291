"""How a long job is said: what it is, how far it is, how long it still takes, what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.jobs.kinds import KINDS
from dure.apps.jobs.models import Job, JobStage

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
        title=title_of(job),
        kind=kind_of(job),
        stage=stage_of(job),
        tone=TONES[JobStage(job.stage)],
        step=step_of(job) if not job.has_ended else "",
        left=time_left(job, now),
        attempts=attempts_of(job),
        error=error_of(job),
        result=result_of(job),
        result_url=result_url_of(job),
    )


def kind_of(job: Job) -> str:
    """What kind of work it is."""
    kind = KINDS.get(job.kind)
    return str(kind.label) if kind else job.kind


def title_of(job: Job) -> str:
    """Its title: one that the platform gave in the reader's language, that of a file as it is."""
    return _(job.title) if job.title else kind_of(job)


def step_of(job: Job) -> str:
    """The part of the work that it is at, if any."""
    return _(job.step) if job.step else ""


def stage_of(job: Job) -> str:
    """Where it stands; a job that was told to stop says so until it has stopped."""
    if job.is_cancelling and not job.has_ended:
        return _("Stopping")
    return job.get_stage_display()


def time_left(job: Job, now: datetime) -> str:
    """How long this step still takes at the speed so far; empty while that is a guess."""
    kind = KINDS.get(job.kind)
    if kind and not kind.is_foreseeable:
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
    message = _(job.error)
    first, colon, _rest = job.error.partition(": ")
    is_exception = bool(colon) and first.isidentifier() and message == job.error
    if not is_exception:
        return message
    return _(
        "Something went wrong that should not have. Nothing half-done was kept. "
        "Start it again; if it fails again, tell the programme office: %(error)s"
    ) % {"error": job.error}


def result_of(job: Job) -> list[tuple[str, str]]:
    """The figures of the result, with their labels."""
    kind = KINDS.get(job.kind)
    labels = kind.figures if kind else {}
    known = [key for key in labels if key in job.result]
    others = sorted(key for key in job.result if key not in labels)
    return [
        (str(labels.get(key, key.replace("_", " "))), f"{value:,}")
        for key in [*known, *others]
        if isinstance(value := job.result[key], int | float) and not isinstance(value, bool)
    ]


def result_url_of(job: Job) -> str:
    """The page on which the result of a job that is done can be seen, if there is one."""
    kind = KINDS.get(job.kind)
    if not kind or not kind.route or job.stage != JobStage.DONE:
        return ""
    return reverse(kind.route, args=kind.route_args(job))


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
    moments = [job.requested_at, job.started_at, job.ended_at]
    return [
        title_of(job),
        kind_of(job),
        stage_of(job),
        str(job.requested_by or ""),
        *(localtime(moment) if moment else "" for moment in moments),
        *((None, None) if job.stage == JobStage.DONE else (job.done, job.total)),
        job.attempts,
        error_of(job),
    ]
