"""Brings the database and static files up to date, serves the site, works on long jobs."""

import os
import signal
import subprocess
import sys
import threading

import click
from django.conf import settings
from django.core.management import call_command

from dure.config import env, postgres
from dure.config.messages import compile_all

SECONDS_BETWEEN_LOOKS = 3


def prepare() -> None:
    """Migrate the database, compile translations, collect static files."""
    compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(*, host: str, port: int, processes: int) -> None:
    """Run the web server and a worker until the web server ends or we are told to stop.

    A worker that died is started again, and so is the embedded database.
    """
    web = _start(
        *("-m", "granian", "--interface", "wsgi", "--host", host),
        *("--port", str(port), "--workers", str(processes), "--blocking-threads", "8"),
        *("--no-ws", "--log-level", "warning", "dure.config.wsgi:application"),
    )
    worker = _start("-m", "dure.config.cli", "worker")
    click.echo(f"dure: http://{host}:{port}  (Ctrl+C to stop)")
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    while not told_to_stop.wait(SECONDS_BETWEEN_LOOKS) and web.poll() is None:
        _revive_database()
        if worker.poll() is not None:
            click.echo("dure: the worker died and is started again", err=True)
            worker = _start("-m", "dure.config.cli", "worker")
    for process in (web, worker):
        process.terminate()
    for process in (web, worker):
        process.wait()


def work() -> None:
    """Work on long jobs, one at a time, until told to stop or the database is gone."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=1,
            fetch_job_polling_interval=settings.DURE_STALL_SECONDS / 6,
            update_heartbeat_interval=settings.DURE_STALL_SECONDS / 3,
            stalled_worker_timeout=settings.DURE_STALL_SECONDS,
        )


def _start(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *command])  # noqa: S603 -- ours


def _revive_database() -> None:
    """Start the embedded database if it is ours and died."""
    home = env.home() / settings.SERVER
    if "DATABASE_URL" in os.environ or postgres.is_up(home):
        return
    click.echo("dure: the database died and is started again", err=True)
    try:
        postgres.start(home)
    except RuntimeError as error:  # we look again soon
        click.echo(str(error), err=True)
