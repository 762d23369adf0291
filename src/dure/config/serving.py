"""Brings the database and static files up to date, serves the site, works on long jobs."""

import asyncio
import contextlib
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
# Whoever waits for a page comes before a long job on the same machine.
WORKER_NICENESS = 10


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
        *("--no-ws", "--log-level", "error", "dure.config.wsgi:application"),
    )
    worker = _start_worker()
    click.echo(f"dure: http://{host}:{port}  (Ctrl+C to stop)")
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    while not told_to_stop.wait(SECONDS_BETWEEN_LOOKS) and web.poll() is None:
        _revive_database()
        if worker.poll() is not None:
            click.echo("dure: the worker died and is started again", err=True)
            worker = _start_worker()
    for process in (web, worker):
        process.terminate()
    for process in (web, worker):
        process.wait()


def work() -> None:
    """Work on long jobs, one at a time, until told to stop; outlives a database that comes back."""
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_work())


async def _work() -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.exceptions import ConnectorException
    from psycopg_pool import PoolTimeout

    told_to_stop = asyncio.current_task().cancel
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop)
    stall = settings.DURE_STALL_SECONDS
    while True:
        # A fresh one each time: a pool that lost its database waits ever longer between its tries.
        connector = PsycopgConnector(kwargs=connector_params(), timeout=max(2, stall / 3))
        with (
            contextlib.suppress(ConnectorException, PoolTimeout),
            app.replace_connector(connector) as worker,
        ):
            async with worker.open_async():
                await worker.run_worker_async(
                    concurrency=1,
                    fetch_job_polling_interval=stall / 6,
                    update_heartbeat_interval=stall / 3,
                    stalled_worker_timeout=stall,
                    install_signal_handlers=False,
                )
        await asyncio.sleep(1)


def _start(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *command])  # noqa: S603 -- ours


def _start_worker() -> subprocess.Popen[bytes]:
    worker = _start("-m", "dure.config.cli", "worker")
    os.setpriority(os.PRIO_PROCESS, worker.pid, WORKER_NICENESS)
    return worker


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
