"""Brings the database and static files up to date, serves the site, works on long jobs."""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import click
from django.conf import settings
from django.core.management import call_command

from dure.config import env, postgres
from dure.config.messages import compile_all
from dure.foundation.web import WAITING

SECONDS_BETWEEN_LOOKS = 1
# Whoever waits for a page comes before a long job on the same machine.
WORKER_NICENESS = 10
# A child that dies sooner than this has not come up; each such death doubles the wait for the next.
SECONDS_TO_COME_UP = 10
LONGEST_WAIT = 60
MOST_FALSE_STARTS = 5
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def prepare() -> None:
    """Migrate the database, compile translations, collect static files."""
    compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(*, host: str, port: int, processes: int) -> None:
    """Run the web server and a worker until we are told to stop.

    Whatever dies is started again: a web process by the web server, the web server, the worker and
    the embedded database by us. Raises ClickException when the web server cannot come up at all.
    """
    web = Child(
        "the web server",
        (
            *("-m", "granian", "--interface", "wsgi", "--host", host),
            *("--port", str(port), "--workers", str(processes)),
            *("--blocking-threads", str(WAITING)),
            *("--respawn-failed-workers", "--respawn-interval", "0.5"),
            *("--no-ws", "--log-level", "error", "dure.config.wsgi:application"),
        ),
    )
    worker = Child("the worker", ("-m", "dure.config.cli", "worker"), WORKER_NICENESS)
    children = (web, worker)
    click.echo(f"dure: http://{host}:{port}  (Ctrl+C to stop)")
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    while web.false_starts < MOST_FALSE_STARTS:
        for child in children:
            child.watch(time.monotonic())
        if told_to_stop.wait(SECONDS_BETWEEN_LOOKS):
            break
        _revive_database()
    for child in children:
        child.stop()
    if not told_to_stop.is_set():
        raise click.ClickException("the web server does not come up; its own words stand above")


@dataclass
class Child:
    """A process of ours that is to run for ever, with whatever processes it starts itself."""

    name: str
    command: tuple[str, ...]
    niceness: int = 0
    false_starts: int = field(default=0, init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started_at: float = field(default=0.0, init=False)
    _next_start: float = field(default=0.0, init=False)

    @property
    def is_running(self) -> bool:
        """True while nobody has noticed that it died."""
        return self._process is not None

    def watch(self, now: float) -> None:
        """At `now`, in seconds: start it, or again if it died and has waited long enough."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            self._bury(now)
        if now >= self._next_start:
            self._start(now)

    def wait(self) -> None:
        """Wait until it has ended."""
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """End it and wait until it has ended."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _start(self, now: float) -> None:
        self._started_at = now
        self._process = subprocess.Popen(  # noqa: S603 -- ours
            [sys.executable, *self.command],
            process_group=0,  # so that we can end what it leaves behind
            preexec_fn=_end_with_parent,  # noqa: PLW1509 -- one system call
        )
        if self.niceness:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, self.niceness)

    def _bury(self, now: float) -> None:
        """Say that it died and end its own children, which hold the port or a job."""
        click.echo(f"dure: {self.name} died and is started again", err=True)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        came_up = now - self._started_at >= SECONDS_TO_COME_UP
        self.false_starts = 0 if came_up else self.false_starts + 1
        wait = min(2**self.false_starts, LONGEST_WAIT) if self.false_starts else 0
        self._process, self._next_start = None, now + wait


def _end_with_parent() -> None:
    """Have the kernel (Linux) end this process when `dure serve` dies, however that happens."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


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
