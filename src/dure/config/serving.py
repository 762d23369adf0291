"""Brings the database and static files up to date, and serves the site."""

import signal
import subprocess
import sys

import click
from django.core.management import call_command

from dure.config.messages import compile_all


def prepare() -> None:
    """Migrate the database, compile translations, collect static files."""
    compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(*, host: str, port: int, processes: int) -> None:
    """Run the web server and a worker until one of them ends or we are told to stop."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host),
        *("--port", str(port), "--workers", str(processes), "--blocking-threads", "8"),
        *("--no-ws", "--log-level", "warning", "dure.config.wsgi:application"),
    ]
    worker = [sys.executable, "-m", "dure.config.cli", "worker"]
    running = [subprocess.Popen(command) for command in (web, worker)]  # noqa: S603 -- ours
    click.echo(f"dure: http://{host}:{port}  (Ctrl+C to stop)")

    def stop(*_: object) -> None:
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running[0].wait()
    stop()
    for process in running:
        process.wait()
