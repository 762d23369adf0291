"""`dure jobs`: long jobs and their progress, as on the page."""

import time
from typing import TYPE_CHECKING

import click
from django.utils import timezone, translation

from dure.config.startup import with_django

if TYPE_CHECKING:
    from dure.apps.jobs.models import Job

SECONDS_BETWEEN_LOOKS = 1.0


@click.command()
@click.option("--watch", metavar="ID", help="Follow one job until it ends; its first letters do.")
@click.option("--cancel", metavar="ID", help="Cancel one job; its first letters do.")
@click.option("--by", "email", help="E-mail address of who cancels: an officer, or who asked.")
@click.option("--all", "is_all", is_flag=True, help="Also the last jobs that have ended.")
@click.option("--english", is_flag=True, help="In English.")
def jobs(
    watch: str | None, cancel: str | None, email: str | None, is_all: bool, english: bool
) -> None:
    """List the jobs that wait or run; follow one, or cancel one."""
    with_django()
    with translation.override("en" if english else "ko"):
        if cancel:
            _cancel(cancel, email or "")
        elif watch:
            _follow(watch)
        else:
            _list(is_all)


def _list(is_all: bool) -> None:
    from dure.apps.jobs.models import Job
    from dure.apps.jobs.queries import running_jobs

    jobs = list(Job.objects.select_related("requested_by")[:20] if is_all else running_jobs())
    if not jobs:
        click.echo(translation.gettext("No job waits or runs."))
    for job in jobs:
        click.echo(_line(job))


def _follow(start: str) -> None:
    """Print one line again and again until the job has ended; exit with 1 unless it is done."""
    from dure.apps.jobs.models import JobStage

    job = _found(start)
    last = ""
    while True:
        line = _line(job)
        if line != last:
            click.echo(line)
            last = line
        if job.has_ended:
            break
        time.sleep(SECONDS_BETWEEN_LOOKS)
        job.refresh_from_db()
    if job.stage != JobStage.DONE:
        raise click.exceptions.Exit(1)


def _cancel(start: str, email: str) -> None:
    """Stop a waiting job now, a running one at its next report."""
    from dure.apps.jobs import operations
    from dure.apps.people.models import User
    from dure.foundation.verdict import Refused

    by = User.objects.filter(email__iexact=email).first()
    if by is None:
        raise click.ClickException(translation.gettext("Say with --by who cancels."))
    job = _found(start)
    try:
        operations.cancel(job=job, by=by, at=timezone.now())
    except Refused as refusal:
        raise click.ClickException(str(refusal.reason.label)) from refusal
    job.refresh_from_db()
    click.echo(_line(job))


def _found(start: str) -> "Job":
    from dure.apps.jobs.models import Job

    known = list(Job.objects.filter(pk__startswith=start.lower())[:2])
    if len(known) != 1:
        several = translation.gettext("Several jobs begin so.")
        raise click.ClickException(several if known else translation.gettext("No job begins so."))
    return known[0]


def _line(job: object) -> str:
    from dure.apps.jobs import presenters

    job_shown = presenters.shown(job, timezone.now())
    parts = [str(job.pk)[:8], f"{job_shown.stage:<6}", job_shown.title]
    if job_shown.step:
        parts.append(job_shown.step)
    if job.total:
        parts.append(f"{job.done:,} / {job.total:,} ({job.percent}%)")
    if job_shown.left:
        parts.append(translation.gettext("about %(left)s left") % {"left": job_shown.left})
    parts += [f"{label} {figure}" for label, figure in job_shown.result]
    parts += [text for text in (job_shown.attempts, job_shown.error) if text]
    return "  ".join(parts)
