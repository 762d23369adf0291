"""`dure jobs`: what the command line says of long jobs."""

import pytest
from click import ClickException
from click.testing import CliRunner
from django.db import connection

from dure.apps.jobs import operations
from dure.apps.jobs.kinds import KINDS, JobKind
from dure.apps.jobs.models import Job, JobStage
from dure.config.jobs_command import jobs
from dure.config.running import run_here
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(cast):
    return operations.enqueue(
        kind="match_all", title="Match everything", arguments={}, by=cast["officer"]
    )


def test_it_lists_what_waits_or_runs(job):
    Job.objects.update(stage=JobStage.RUNNING, step="Matching", done=431, total=924)

    output = CliRunner().invoke(jobs, ["--english"]).output

    assert str(job.pk)[:8] in output
    assert "431 / 924 (46%)" in output
    assert "Match everything" in output


def test_it_says_that_nothing_runs(db):
    assert "작업이 없어요" in CliRunner().invoke(jobs).output


@pytest.mark.parametrize(("stage", "code"), [(JobStage.DONE, 0), (JobStage.FAILED, 1)])
def test_watching_ends_with_the_job_and_tells_a_script_how(job, stage, code):
    Job.objects.update(stage=stage, ended_at=NOON, result={"suggestions": 7})

    watched = CliRunner().invoke(jobs, ["--watch", str(job.pk)[:8], "--english"])

    assert watched.exit_code == code
    assert "Suggestions 7" in watched.output


def test_watching_what_is_not_there(job):
    watched = CliRunner().invoke(jobs, ["--watch", "zzz", "--english"])

    assert watched.exit_code == 1
    assert "No job begins so." in watched.output


def test_an_officer_cancels_from_the_command_line(cast, job):
    def cancel(who):
        asked = ["--cancel", str(job.pk)[:8], "--by", f"{who}@example.org", "--english"]
        return CliRunner().invoke(jobs, asked)

    refused, nobody = cancel("supplier"), cancel("nobody")
    job.refresh_from_db()
    assert (refused.exit_code, nobody.exit_code, job.stage) == (1, 1, JobStage.WAITING)
    assert "Only the person who started this job" in refused.output
    assert "Say with --by who cancels." in nobody.output

    assert "Cancelled" in cancel("officer2").output
    job.refresh_from_db()
    assert job.stage == JobStage.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_command_whose_database_went_away_says_that_a_worker_takes_the_job_up(monkeypatch):
    def loses_its_connection(job, progress):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    counting = JobKind("counting", "Counting", loses_its_connection)
    monkeypatch.setattr(KINDS, "_entries", {"counting": counting})

    try:
        with pytest.raises(ClickException, match="작업 프로세스가 이어받아요"):
            run_here(kind="counting", title="Counting", arguments={}, by=None)
    finally:
        connection.close()
    assert Job.objects.get().stage == JobStage.RUNNING
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, scheduled_at > now() FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo", True)]
