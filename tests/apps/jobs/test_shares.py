"""Many jobs at once: one of each thing waits, short ones go first, everybody has a fair share."""

import threading
from dataclasses import replace

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.apps.catalog.events import NeedsChanged
from dure.apps.imports.kinds import CHECKS
from dure.apps.jobs import operations
from dure.apps.jobs.kinds import KINDS
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.permissions import MOST_WAITING
from dure.apps.jobs.reasons import Reason
from dure.apps.matches.operations import ask_match_all
from dure.apps.matches.reasons import Reason as MatchesReason
from dure.foundation.again import TryAgain
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def ask(by, number=0, kind="import_sheet", **more) -> Job:
    return operations.enqueue(
        kind=kind, title="", arguments={"path": f"{number}.csv"}, by=by, **more
    )


def order() -> list[str]:
    """The ids of the waiting jobs as workers take them."""
    waiting = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
    return [job.args["job_id"] for job in waiting]


def test_what_is_asked_for_twice_is_one_job(cast):
    first = ask(cast["member"])

    assert ask(cast["member"]) == first
    assert ask(cast["rival"]) != first
    assert Job.objects.count() == 2


def test_what_runs_already_is_asked_for_anew(cast):
    Job.objects.filter(pk=ask(cast["member"]).pk).update(stage=JobStage.RUNNING)

    ask(cast["member"])

    assert Job.objects.count() == 2


def test_all_changes_of_the_catalogue_wait_in_one_job(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(950):
            announce(NeedsChanged([number % 3], NOON))
    job = Job.objects.get(kind="match_changed")

    assert job.arguments == {"needs": [0, 1, 2], "technologies": []}
    assert ProcrastinateJob.objects.filter(args__job_id=str(job.pk)).count() == 1


def test_one_organisation_can_not_fill_the_queue(cast):
    for number in range(MOST_WAITING):
        ask(cast["member" if number % 2 else "manager"], number)

    with pytest.raises(Refused) as refused:
        ask(cast["manager"], MOST_WAITING)

    assert refused.value.reason == Reason.TOO_MANY_WAITING
    assert ask(cast["rival"], 1).stage == JobStage.WAITING
    for number in range(MOST_WAITING + 1):
        ask(cast["officer"], number)


def test_who_asks_for_much_waits_behind_who_asks_for_little(cast):
    many = [ask(cast["member"], number) for number in range(5)]
    few = [ask(cast["rival"], number) for number in range(2)]

    interleaved = [many[0], few[0], many[1], few[1], *many[2:]]
    assert order() == [str(job.pk) for job in interleaved]


def test_what_takes_seconds_goes_before_what_takes_minutes(cast):
    long = ask(cast["officer"])
    short = [ask(cast["rival"], number, kind="check_sheet") for number in range(MOST_WAITING)]

    assert order() == [str(job.pk) for job in (*short, long)]


def test_job_that_others_were_in_the_way_of_is_run_again(cast, monkeypatch):
    def conflicting(job, progress):
        if job.attempts == 1:
            raise TryAgain("Retryable commit conflict")
        return {"rows": 1}

    kind = replace(KINDS["import_sheet"], run=conflicting)
    monkeypatch.setitem(KINDS._entries, "import_sheet", kind)
    job = ask(cast["member"])
    with pytest.raises(TryAgain):
        operations.run(job_id=str(job.pk), clock=lambda: NOON)
    job.refresh_from_db()
    assert job.stage == JobStage.RUNNING

    again = operations.run(job_id=str(job.pk), clock=lambda: NOON)

    assert (again.stage, again.result) == (JobStage.DONE, {"rows": 1})


@pytest.mark.django_db(transaction=True)
def test_several_who_ask_for_a_matching_at_once_get_one(cast):
    answers = []
    ready = threading.Barrier(3)

    def press():
        ready.wait()
        try:
            answers.append(ask_match_all(by=cast["officer"]).stage)
        except Refused as refused:
            answers.append(refused.reason)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == sorted([JobStage.WAITING, *[MatchesReason.RUNNING_ALREADY] * 2])
    assert Job.objects.filter(kind="match_all").count() == 1


def test_checks_of_spreadsheets_are_short_and_imports_are_not():
    short = {kind.code for kind in KINDS if kind.is_short}

    assert short == CHECKS
    assert {"check_sheet", "check_participants"} <= short
