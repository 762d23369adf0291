"""Real workers, killed and cancelled in mid-import: nothing is lost and nothing is there twice."""

import csv

import pytest
from django.db import connection
from django.utils import timezone

from dure.apps.catalog.models import Need
from dure.apps.jobs.models import JobStage
from dure.apps.jobs.operations import cancel, enqueue
from tests.cast import make_cast
from tests.processes import database_url, dure, has_come_to, has_ended, kill, wait_until

ROWS = 2_000
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(tmp_path):
    """A function that starts a worker on the test's database."""
    return lambda: dure("worker", DATABASE_URL=database_url(), DURE_HOME=str(tmp_path))


@pytest.fixture
def job(tmp_path):
    """An import of needs, in the queue."""
    path = tmp_path / "needs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["관리번호", "사업자등록번호", "제목", "내용"])
        table.writerows([f"N-{n}", "1248100998", f"제목 {n}", "배기열 회수"] for n in range(ROWS))
    arguments = {"kind": "needs", "path": str(path)}
    return enqueue(
        kind="import_sheet", title="needs.csv", arguments=arguments, by=make_cast()["officer"]
    )


def test_import_is_finished_once_though_kill_9_ends_two_of_its_workers(job, worker):
    for step in ("Analysing the words", "Saving"):
        with worker() as process:
            wait_until(lambda step=step: has_come_to(job, step, 500))
            kill(process)
        assert Need.objects.count() == 0

    with worker():  # whose reaper finds the job that nobody works on any more
        wait_until(lambda: has_ended(job))

    assert (job.stage, job.attempts, job.result["new"]) == (JobStage.DONE, 3, ROWS)
    assert Need.objects.values("external_id").distinct().count() == Need.objects.count() == ROWS
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_needevent")
        assert cursor.fetchone() == (ROWS,)


def test_import_leaves_nothing_when_cancelled_on_the_way(job, worker):
    arguments = {"kind": job.kind, "title": job.title, "arguments": job.arguments}
    with worker():
        for step in ("Analysing the words", "Saving"):
            copy = enqueue(**arguments, by=job.requested_by)
            wait_until(lambda copy=copy, step=step: has_come_to(copy, step, 500))
            cancel(job=copy, by=copy.requested_by, at=timezone.now())
            wait_until(lambda copy=copy: has_ended(copy))

            assert copy.stage == JobStage.CANCELLED
            assert Need.objects.count() == 0
