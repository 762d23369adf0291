"""Long jobs: how they run, fail, are cancelled and start again; who sees and stops them."""

import io
import threading
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from dure.apps.jobs import operations, presenters
from dure.apps.jobs.events import JobEnded
from dure.apps.jobs.kinds import KINDS, JobKind
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.notices import job_ended
from dure.apps.jobs.operations import InOtherHands, Progress
from dure.apps.jobs.reasons import Reason
from dure.apps.notices.models import Notice
from dure.apps.people.models import Organisation
from dure.apps.people.reasons import Reason as PeopleReason
from dure.config.jobs_command import jobs
from dure.foundation.announce import announced
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


class OwnKinds:
    """Sets what a kind of job does, for a test."""

    def __setitem__(self, code, run):
        KINDS._entries[code] = JobKind(code, code, run)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Kinds of jobs of this test's own, by name."""
    monkeypatch.setattr(KINDS, "_entries", dict(KINDS._entries))
    own = OwnKinds()
    own["counting"] = lambda job, progress: None
    return own


def ask(cast, kind="counting", by="member") -> Job:
    return operations.enqueue(kind=kind, title="Counting", arguments={}, by=cast[by])


def run(job: Job) -> Job:
    moments = iter([NOON, LATER])
    done = operations.run(job_id=str(job.pk), clock=lambda: next(moments))
    done.refresh_from_db()
    return done


def test_a_job_goes_through_its_steps_and_keeps_its_result(cast, kinds):
    seen = []

    def counting(job, progress):
        progress.step("Reading the rows", 3)
        for _ in range(3):
            progress.advance()
        seen.append(Job.objects.values_list("step", "done", "total").get())
        return {"rows": 3}

    kinds["counting"] = counting
    job = run(ask(cast))

    assert seen == [("Reading the rows", 3, 3)]
    assert (job.stage, job.result, job.attempts) == (JobStage.DONE, {"rows": 3}, 1)
    assert (job.started_at, job.ended_at) == (NOON, LATER)
    assert job.step_started_at is not None


def test_a_job_that_has_ended_is_not_run_again(cast, kinds):
    calls = []
    kinds["counting"] = lambda job, progress: calls.append(job)
    job = run(ask(cast))

    run(job)

    assert len(calls) == 1


def test_a_job_whose_worker_died_starts_again_from_zero(cast, kinds):
    job = ask(cast)
    Job.objects.filter(pk=job.pk).update(
        stage=JobStage.RUNNING, attempts=1, step="Saving", done=7, total=9, started_at=NOON
    )
    kinds["counting"] = lambda job, progress: {"done before": job.done}

    job = run(job)

    assert (job.stage, job.attempts, job.result) == (JobStage.DONE, 2, {"done before": 0})
    with translation.override("en"):
        assert presenters.attempts_of(job) == "Started again after its worker died."


def test_a_job_that_kills_its_worker_each_time_is_given_up_in_words(cast, kinds, as_role):
    def kills(job, progress):
        raise SystemExit

    kinds["counting"] = kills
    job = ask(cast)
    for _ in range(operations.MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            run(job)

    job = run(job)

    assert (job.stage, job.attempts) == (JobStage.FAILED, operations.MOST_ATTEMPTS)
    assert job.ended_at == NOON
    page = as_role("member").get(reverse("jobs:detail", args=[job.pk])).content.decode()
    assert "Its worker died each time, so it is not tried again." in page
    watched = CliRunner().invoke(jobs, ["--watch", str(job.pk)])
    assert watched.exit_code == 1
    assert "시작할 때마다 작업 프로세스가 멈춰 더는 다시 시도하지 않아요." in watched.output


def test_a_job_to_be_cancelled_is_cancelled_however_often_its_worker_died(cast, kinds):
    job = ask(cast)
    Job.objects.update(
        stage=JobStage.RUNNING, attempts=operations.MOST_ATTEMPTS, is_cancelling=True
    )

    assert run(job).stage == JobStage.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_job_is_run_by_one_process_at_a_time(cast, kinds):
    refused = []

    def run_by_another():
        with pytest.raises(InOtherHands):
            run(job)
        connection.close()
        refused.append(True)

    def counting(job, progress):
        other = threading.Thread(target=run_by_another)
        other.start()
        other.join()
        return {"rows": 1}

    kinds["counting"] = counting
    job = ask(cast)

    job = run(job)

    assert refused == [True]
    assert (job.stage, job.attempts) == (JobStage.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_database_went_away_stays_to_be_run_again(cast, kinds):
    def loses_its_connection(job, progress):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    kinds["counting"] = loses_its_connection
    job = ask(cast)
    with pytest.raises(OperationalError):
        run(job)
    connection.close()
    job.refresh_from_db()
    assert (job.stage, job.error) == (JobStage.RUNNING, "")
    kinds["counting"] = lambda job, progress: {"rows": 1}

    assert (run(job).stage, run(job).attempts) == (JobStage.DONE, 2)


def test_a_database_error_with_the_database_there_is_an_unexpected_error(cast, kinds):
    def sleeps(job, progress):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(9)")

    kinds["counting"] = sleeps
    job = ask(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")

    with pytest.raises(OperationalError):
        run(job)

    job.refresh_from_db()
    assert job.stage == JobStage.FAILED
    assert "statement timeout" in job.error


@pytest.mark.django_db(transaction=True)
def test_progress_inside_a_transaction_is_seen_and_heard_at_once(cast, kinds):
    seen = []

    def look():
        seen.append(Job.objects.values_list("done", "total").get())
        operations.cancel(job=job, by=cast["member"], at=NOON)
        connection.close()

    def saves(job, progress):
        progress.step("Saving", 2)
        with progress.beside(), transaction.atomic():
            Organisation.objects.update(name="half")
            progress._reported = 0
            progress.advance()
            other = threading.Thread(target=look)
            other.start()
            other.join()
            progress.advance()
        raise AssertionError("it went on")

    kinds["counting"] = saves
    job = ask(cast)

    job = run(job)

    assert (job.stage, seen) == (JobStage.CANCELLED, [(1, 2)])
    assert not Organisation.objects.filter(name="half").exists()


def test_a_process_that_is_told_to_stop_leaves_the_job_to_another(cast, kinds):
    def stopped(job, progress):
        raise SystemExit

    kinds["counting"] = stopped
    job = ask(cast)

    with pytest.raises(SystemExit):
        run(job)

    job.refresh_from_db()
    assert (job.stage, job.ended_at) == (JobStage.RUNNING, None)


def test_a_refusal_is_said_in_the_readers_language(cast, kinds):
    def refuse(job, progress):
        raise Refused(PeopleReason.NOT_AN_OFFICER)

    kinds["counting"] = refuse
    job = run(ask(cast))

    assert job.stage == JobStage.FAILED
    with translation.override("ko"):
        assert presenters.error_of(job) == "사업 담당자만 할 수 있어요."
    with translation.override("en"):
        assert presenters.error_of(job) == "Only a programme officer can do this."


def test_an_unexpected_error_is_kept_and_raised(cast, kinds):
    def broken(job, progress):
        raise KeyError("nothing")

    kinds["counting"] = broken
    job = ask(cast)

    with pytest.raises(KeyError):
        run(job)

    job.refresh_from_db()
    assert (job.stage, job.error) == (JobStage.FAILED, "KeyError: 'nothing'")
    with translation.override("en"):
        assert presenters.error_of(job).startswith("Something went wrong")


def test_a_running_job_stops_at_its_next_report(cast, kinds):
    def long_work(job, progress):
        progress.step("Matching", 2)
        operations.cancel(job=job, by=cast["member"], at=NOON)
        progress.step("Saving")
        raise AssertionError("it went on")

    kinds["counting"] = long_work
    job = run(ask(cast))

    assert (job.stage, job.ended_at) == (JobStage.CANCELLED, LATER)


def test_a_job_cancelled_while_its_worker_was_dead_does_nothing(cast, kinds):
    calls = []
    kinds["counting"] = lambda job, progress: calls.append(job)
    job = ask(cast)
    Job.objects.filter(pk=job.pk).update(stage=JobStage.RUNNING, attempts=1)
    job.refresh_from_db()
    operations.cancel(job=job, by=cast["member"], at=NOON)

    job = run(job)

    assert (job.stage, calls) == (JobStage.CANCELLED, [])


@pytest.mark.parametrize("how", ["done", "failed", "cancelled while waiting"])
def test_the_end_of_a_job_is_announced(cast, kinds, how, django_capture_on_commit_callbacks):
    heard = []

    def listen(event, **_):
        heard.append(event)

    def refuse(job, progress):
        raise Refused(Reason.NOT_YOURS)

    kinds["counting"] = refuse if how == "failed" else lambda job, progress: {}
    job = ask(cast)
    announced.connect(listen, sender=JobEnded)
    with django_capture_on_commit_callbacks(execute=True):
        if how == "cancelled while waiting":
            operations.cancel(job=job, by=cast["member"], at=LATER)
        else:
            run(job)
    announced.disconnect(listen, sender=JobEnded)

    assert heard == [JobEnded(job.pk, LATER)]


@pytest.mark.parametrize(
    ("who", "change", "reason"),
    [
        ("rival", {}, Reason.NOT_YOURS),
        ("auditor", {}, Reason.NOT_YOURS),
        ("member", {"stage": JobStage.DONE, "ended_at": NOON}, Reason.HAS_ENDED),
        ("member", {"stage": JobStage.RUNNING, "is_cancelling": True}, Reason.IS_CANCELLING),
    ],
)
def test_cancelling_is_refused(cast, who, change, reason):
    job = ask(cast)
    Job.objects.filter(pk=job.pk).update(**change)

    with pytest.raises(Refused) as refusal:
        operations.cancel(job=job, by=cast[who], at=NOON)

    assert refusal.value.reason == reason


def test_the_database_knows_when_a_job_has_ended(cast):
    with pytest.raises(IntegrityError, match="job_ended_at_matches_stage"), transaction.atomic():
        Job.objects.create(kind="x", title="x", stage=JobStage.DONE)


@pytest.mark.parametrize(
    ("done", "seconds", "left"),
    [(0, 60, ""), (1, 1, ""), (50, 50, "50 seconds"), (10, 60, "9 minutes"), (1, 600, "16 hours")],
)
def test_the_time_left_follows_the_speed_so_far(done, seconds, left):
    job = Job(stage=JobStage.RUNNING, done=done, total=100, step_started_at=NOON)

    with translation.override("en"):
        assert presenters.time_left(job, NOON + timedelta(seconds=seconds)) == left


def test_figures_of_a_result_have_labels_and_an_order():
    job = Job(
        kind="import_sheet", result={"new": 1200, "titles": ["a"], "rows": 1300, "is_whole": True}
    )

    with translation.override("en"):
        assert presenters.result_of(job) == [("Rows read", "1,300"), ("Newly entered", "1,200")]


SEES = {"member": True, "officer": True, "administrator": True, "rival": False, "auditor": False}


@pytest.mark.parametrize("role", SEES)
def test_a_job_is_there_for_who_asked_and_for_officers(as_role, cast, role):
    job = ask(cast)
    browser = as_role(role)

    codes = {
        browser.get(reverse(f"jobs:{page}", args=[job.pk])).status_code
        for page in ("detail", "progress")
    }
    codes.add(browser.post(reverse("jobs:cancel", args=[job.pk])).status_code)

    assert codes == ({200, 302} if SEES[role] else {404})


def test_the_progress_asks_for_itself_until_the_job_has_ended(as_role, cast):
    job = ask(cast)
    url = reverse("jobs:progress", args=[job.pk])
    Job.objects.update(
        stage=JobStage.RUNNING, started_at=NOON, step="Matching", done=431, total=924
    )

    running = as_role("member").get(url).content.decode()
    Job.objects.update(stage=JobStage.DONE, ended_at=LATER, result={"suggestions": 12})
    ended = as_role("member").get(url).content.decode()

    assert f'hx-get="{url}"' in running
    assert 'hx-trigger="every 1s"' in running
    assert "431" in running
    assert "924" in running
    assert "hx-get" not in ended
    assert "12" in ended


def test_cancelling_through_the_page(as_role, cast):
    job = ask(cast)

    as_role("member").post(reverse("jobs:cancel", args=[job.pk]))

    job.refresh_from_db()
    assert job.stage == JobStage.CANCELLED


def test_the_list_shows_ones_own_filters_and_exports(as_role, cast):
    mine, other = ask(cast), ask(cast, by="rival")
    Job.objects.filter(pk=other.pk).update(stage=JobStage.FAILED, ended_at=NOON)

    own = as_role("member").get(reverse("jobs:list"))
    failed = as_role("officer").get(reverse("jobs:list"), {"stage": "FAILED"})
    file = as_role("officer").get(reverse("jobs:list"), {"stage": "FAILED", "format": "xlsx"})

    sheet = load_workbook(io.BytesIO(file.content)).active
    assert [job.pk for job in own.context["page"]] == [mine.pk]
    assert [job.pk for job in failed.context["page"]] == [other.pk]
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["rival"]


def test_the_list_asks_as_often_for_one_as_for_fifteen(as_role, cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            as_role("officer").get(reverse("jobs:list"))
        return len(asked)

    ask(cast)
    count()
    before = count()
    for _ in range(14):
        ask(cast, by="rival")

    assert count() == before


def test_progress_without_a_total_is_no_division_by_zero(cast):
    job = ask(cast)

    Progress(job).step("Building the index")

    assert job.percent == 0


def test_whoever_asked_for_a_job_is_told_that_it_has_ended(
    cast, django_capture_on_commit_callbacks
):
    job = operations.enqueue(kind="counting", title="needs.xlsx", arguments={}, by=cast["member"])
    with django_capture_on_commit_callbacks(execute=True):
        operations.cancel(job=job, by=cast["officer"], at=NOON)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast["member"], job_ended.code)
    assert notice.url == f"/jobs/{job.pk}/"
    assert notice.facts["stage"] == JobStage.CANCELLED
