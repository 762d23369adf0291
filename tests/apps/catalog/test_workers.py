"""Real workers, killed and cancelled in mid-import: nothing is lost and nothing is there twice."""

import csv
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from dure.apps.catalog.models import Need
from dure.apps.jobs.models import JobStage, Step
from dure.apps.jobs.operations import ask, cancel
from tests.cast import make_cast

ROWS = 5_000
STALL_SECONDS = 2
WORKER = """
from dure.config.cli import with_django
with_django()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()) as worker:
    worker.run_worker(concurrency=1, queues=["jobs", "reaper"], update_heartbeat_interval=0.5,
                      fetch_job_polling_interval=0.5, listen_notify=False)
"""

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def worker():
    """A worker of its own process and process group, killed at the end."""
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}&port={known['PORT']}"
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={**os.environ, "DATABASE_URL": url, "DURE_STALL_SECONDS": str(STALL_SECONDS)},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(is_so, seconds=240):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


@pytest.fixture
def job(tmp_path):
    """An import of 5,000 needs, in the queue."""
    path = tmp_path / "needs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["관리번호", "사업자등록번호", "제목", "내용"])
        table.writerows([f"N-{n}", "1248100998", f"제목 {n}", "배기열 회수"] for n in range(ROWS))
    arguments = {"kind": "needs", "path": str(path)}
    return ask(
        kind="import_sheet", title="needs.csv", arguments=arguments, by=make_cast()["officer"]
    )


def has_come_to(job, step, done):
    job.refresh_from_db()
    assert not job.has_ended, "it ended before it could be stopped"
    return job.step == step and job.done >= done


def has_ended(job):
    job.refresh_from_db()
    return job.has_ended


@pytest.mark.parametrize(("step", "done"), [(Step.ANALYSE, 1_000), (Step.SAVE, 0)])
def test_import_is_finished_once_by_another_worker_after_kill_9(job, step, done):
    with worker() as first:
        wait_until(lambda: has_come_to(job, step, done))
        kill(first)
    assert Need.objects.count() == 0

    with worker():  # whose reaper finds the job that nobody works on any more
        wait_until(lambda: has_ended(job))

    assert (job.stage, job.attempts, job.result["new"]) == (JobStage.DONE, 2, ROWS)
    assert Need.objects.values("external_id").distinct().count() == Need.objects.count() == ROWS
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_needevent")
        assert cursor.fetchone() == (ROWS,)


def test_import_leaves_nothing_when_cancelled_on_the_way(job):
    with worker():
        wait_until(lambda: has_come_to(job, Step.ANALYSE, 500))
        cancel(job=job, by=job.asked_by, at=timezone.now())
        wait_until(lambda: has_ended(job))

    assert job.stage == JobStage.CANCELLED
    assert Need.objects.count() == 0
