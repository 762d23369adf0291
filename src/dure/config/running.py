"""Runs a job in this process and shows its progress on the terminal."""

from typing import Any

import click
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.apps.jobs import presenters
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import InOtherHands, enqueue, run
from dure.apps.people.models import User
from dure.foundation.again import TryAgain

BAR = 30


def run_here(*, kind: str, title: str, arguments: dict[str, Any], by: User | None) -> Job:
    """Ask for a job and do it now; what it reports goes to stderr. Raises ClickException.

    Should this process die, the next worker that runs takes the job up.
    """
    job = enqueue(
        kind=kind,
        title=title,
        arguments=arguments,
        by=by,
        seconds_until_workers=settings.DURE_STALL_SECONDS,
    )
    try:
        job = run(job_id=str(job.pk), clock=timezone.now, listener=_Shown())
    except (InOtherHands, InterfaceError, OperationalError, TryAgain) as error:
        message = _("The job could not go on here; a worker takes it up: %(error)s")
        raise click.ClickException(message % {"error": error}) from error
    if job.stage != JobStage.DONE:
        why = presenters.error_of(job) or presenters.stage_of(job)
        raise click.ClickException(f"{_(title)}: {why}")
    took = f"{(job.ended_at - job.started_at).total_seconds():.1f} s"
    click.echo(f"{_(title)}: {took}", err=True)
    return job


class _Shown:
    """A bar on a terminal, redrawn at every report; elsewhere a line for every step."""

    def __init__(self) -> None:
        self.stream = click.get_text_stream("stderr")
        self.step = ""

    def __call__(self, job: Job) -> None:
        step = presenters.step_of(job)
        if self.stream.isatty():
            filled = job.percent * BAR // 100
            count = f"{job.done:,} / {job.total:,}" if job.total else ""
            bar = "█" * filled + "░" * (BAR - filled)
            line = "" if job.has_ended else f"{step} {bar} {count}"
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        elif job.step != self.step:
            click.echo(f"{step} {job.total:,}" if job.total else step, err=True)
        self.step = job.step
