"""A real worker that lost sight of a job: it finds it again."""

import pytest
from django.db import connection

from dure.apps.jobs.operations import enqueue
from tests.cast import make_cast
from tests.processes import database_url, dure, has_ended, wait_until


def ask_one(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_that_its_living_worker_does_not_know_of_is_done_after_all(tmp_path):
    arguments = {"kind": "needs", "path": str(tmp_path / "none.csv")}
    job = enqueue(
        kind="import_sheet", title="none.csv", arguments=arguments, by=make_cast()["officer"],
        seconds_until_workers=7200,
    )  # fmt: skip
    with dure("worker", DATABASE_URL=database_url(), DURE_HOME=str(tmp_path)):
        wait_until(lambda: ask_one("SELECT id FROM procrastinate_workers"))
        # As it stands when the database went away before the queue could note that the job ended.
        ask_one(
            "UPDATE procrastinate_jobs SET status = 'doing', scheduled_at = NULL, worker_id = "
            "(SELECT id FROM procrastinate_workers) WHERE task_name = 'run_job' RETURNING id"
        )

        wait_until(lambda: has_ended(job), 60)

    assert job.attempts == 1
