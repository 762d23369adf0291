"""Runs a job in this process and shows its progress on the terminal."""

from typing import Any

import click
from django.utils import timezone

from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import ask, run
from dure.apps.people.models import User


def run_here(*, kind: str, title: str, arguments: dict[str, Any], by: User | None) -> Job:
    """Ask for a job and do it now; what it reports goes to stderr. Raises ClickException."""
    job = ask(kind=kind, title=title, arguments=arguments, by=by)
    on_terminal = click.get_text_stream("stderr").isatty()
    shown = ""

    def show(state: Job) -> None:
        nonlocal shown
        line = f"{title} · {state.get_step_display()} {state.done:,}/{state.total:,}"
        if on_terminal:
            click.echo(f"\r\033[K{line}", nl=False, err=True)
        elif state.step != shown:
            click.echo(line, err=True)
        shown = state.step

    job = run(job_id=str(job.pk), clock=timezone.now, listener=show)
    if on_terminal:
        click.echo("\r\033[K", nl=False, err=True)
    if job.stage != JobStage.DONE:
        raise click.ClickException(f"{title}: {job.error or job.get_stage_display()}")
    click.echo(f"{title}: {(job.ended_at - job.started_at).total_seconds():.1f} s", err=True)
    return job
