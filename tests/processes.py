"""Real processes of dure, for tests that kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from dure.apps.jobs.models import Job

STALL_SECONDS = 2


@contextmanager
def dure(*arguments: str, output: Path | None = None, **env: str) -> Iterator[subprocess.Popen]:
    """A `dure` command in a process group of its own, killed at the end; it may write to a file."""
    with (output or Path(os.devnull)).open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "dure.config.cli", *arguments],
            env={**os.environ, "DURE_STALL_SECONDS": str(STALL_SECONDS), **env},
            start_new_session=True,
            stdout=file if output else None,
            stderr=subprocess.STDOUT if output else None,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """Kill -9 a process and all its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(is_so: Callable[[], object], seconds: float = 240) -> None:
    """Look again and again; fails when it takes longer than `seconds`."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.05)


def database_url() -> str:
    """The address of the test's own database, for other processes."""
    known = connection.settings_dict
    return (
        f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}&port={known['PORT']}"
    )


def has_come_to(job: Job, step: str, done: int) -> bool:
    """True when a running job is in a step with at least so much done."""
    job.refresh_from_db()
    assert not job.has_ended, "it ended before it could be stopped"
    return job.step == step and job.done >= done


def has_ended(job: Job) -> bool:
    """True when nothing more happens to a job."""
    job.refresh_from_db()
    return job.has_ended
