"""Real workers, killed in the middle of a run: the list is whole or not there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.jobs.models import Job, JobStage
from dure.apps.screening import operations
from dure.apps.screening.models import FilePlace, FileRun, Place, Run
from tests.apps.screening.test_files import EXPENSES, PROJECTS
from tests.cast import make_cast
from tests.conftest import NOON
from tests.processes import database_url, dure, has_come_to, has_ended, kill, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STEP = "Looking for signals"


@pytest.fixture
def worker(tmp_path):
    """A function that starts a worker on the test's database."""
    return lambda: dure("worker", DATABASE_URL=database_url(), DURE_HOME=str(tmp_path))


@pytest.fixture
def cast():
    return make_cast()


def test_a_run_is_there_once_and_whole_though_kill_9_ended_its_worker(cast, worker):
    cast.claimed_twice(cast.project())
    job = operations.ask_for_run(by=cast["auditor"])
    with worker() as first:
        wait_until(lambda: has_come_to(job, STEP, 2))
        kill(first)
    assert not Run.objects.exists()
    assert not Place.objects.exists()

    with worker():
        wait_until(lambda: has_ended(job))

    assert (job.stage, job.attempts) == (JobStage.DONE, 2)
    assert Run.objects.get().places.get().findings.filter(signal="same_evidence").exists()


def test_so_are_files(cast, worker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = {"expenses": ("e.csv", EXPENSES), "projects": ("p.csv", PROJECTS)}
    parts = {part: SimpleUploadedFile(name, text.encode()) for part, (name, text) in files.items()}
    run = operations.take(parts={**parts, "relations": None}, by=cast["auditor"], at=NOON)
    job = Job.objects.get(pk=run.job)
    with worker() as first:
        wait_until(lambda: has_come_to(job, STEP, 2))
        kill(first)
    assert not FilePlace.objects.exists()

    with worker():
        wait_until(lambda: has_ended(job))

    assert job.stage == JobStage.DONE
    assert FileRun.objects.get().places.count() == 2
    assert list((tmp_path / "screening").glob("*")) == []
