"""How a long job is asked for, runs, reports, is cancelled, and starts again after a crash.

A job is a row with its progress and a task in the queue, committed together. The work itself is a
function `run(job, progress)` of the job's kind (`kinds.job_handler`). It may be run again from the start
after a crash, so it writes all or nothing, or goes on from what it finds.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils import translation
from procrastinate.contrib.django import app as queue

from dure.apps.jobs import permissions
from dure.apps.jobs.events import JobEnded
from dure.apps.jobs.kinds import KINDS
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.queries import waiting_jobs_of_share
from dure.apps.jobs.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.advisory_lock import advisory_lock, in_turn
from dure.foundation.again import TryAgain
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

log = logging.getLogger(__name__)
# Work that takes seconds comes before what takes minutes.
SHORT_FIRST = 100
SECONDS_BETWEEN_REPORTS = 0.3
# A job that kills its worker each time, say by its hunger for memory, must not do so for ever.
MOST_ATTEMPTS = 5


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


class InOtherHands(Exception):
    """Another process is at work on the job."""


class Progress:
    """What a running job says of itself; raises Cancelled when it should stop.

    Reports are rows written at once. Inside a transaction they would show only at its end, and
    hold up whoever cancels: there, report within `beside()`.
    """

    def __init__(self, job: Job, listener: Callable[[Job], None] | None = None) -> None:
        self.job = job
        self.listener = listener
        self._reported = 0.0
        self._connection: Any = connection

    def step(self, step: str, total: int = 0) -> None:
        """Begin a part of the work, of `total` pieces where they can be counted.

        `step` is said in English, the key of every translation: mark it with gettext_noop.
        """
        self.job.step, self.job.total, self.job.done = step, total, 0
        self._report(is_new_step=True)

    def advance(self, count: int = 1) -> None:
        """Say that `count` more are done; what turns out to be more than was counted is counted."""
        self.job.done += count
        if self.job.total:
            self.job.total = max(self.job.total, self.job.done)
        is_due = time.monotonic() - self._reported >= SECONDS_BETWEEN_REPORTS
        if is_due or self.job.done == self.job.total:
            self._report()

    def widen(self, count: int) -> None:
        """Say that `count` more pieces are to be done than this step began with."""
        self.job.total += count

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Report over a connection of its own while this one is in a transaction."""
        self._connection = connection.copy()
        try:
            yield
        finally:
            self._connection.close()
            self._connection = connection

    def _report(self, *, is_new_step: bool = False) -> None:
        self._reported = time.monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET step = %s, done = %s, total = %s, step_started_at = "
                "CASE WHEN %s THEN statement_timestamp() ELSE step_started_at END "
                "WHERE id = %s RETURNING is_cancelling",
                [self.job.step, self.job.done, self.job.total, is_new_step, self.job.pk],
            )
            is_cancelling = cursor.fetchone() == (True,)
        if self.listener:
            self.listener(self.job)
        if is_cancelling:
            raise Cancelled


@transaction.atomic
def enqueue(
    *,
    kind: str,
    title: str,
    arguments: dict[str, Any],
    by: User | None,
    thing: str = "",
    seconds_until_workers: int = 0,
) -> Job:
    """Put a job in the queue; it starts when the surrounding transaction is saved. Raises Refused.

    Of each `thing` one job waits: when one does, it takes up the lists among the new `arguments`.
    Without a `thing`, what the same person asks for again in the same words is the same. Work that
    takes seconds comes first; among equals, the more jobs of one's organisations wait, the later.

    Who means to run the job at once in their own process keeps it from the workers for some
    seconds: enough to begin. Should that process die, a worker takes the job up. Raises LookupError
    where no app brings the kind.
    """
    known = KINDS[kind]
    thing = thing or _digest(arguments, by)
    in_turn("job", kind, thing)
    if waiting := _taken_up(kind, thing, arguments):
        return waiting
    ahead = 0
    if by is not None:
        in_turn("jobs of", *sorted(roles_of(by).organisations or {f"user {by.pk}"}))
        ahead = waiting_jobs_of_share(by).count()
        permissions.may_ask(by, ahead).require()
    job = Job.objects.create(
        kind=kind, title=title, arguments=arguments, thing=thing, requested_by=by
    )
    # By its name: the task itself calls back into this module.
    later = {"schedule_in": {"seconds": seconds_until_workers}} if seconds_until_workers else {}
    priority = (SHORT_FIRST if known.is_short else 0) - ahead
    task = queue.configure_task("run_job", queue="jobs", priority=priority, **later)
    task.defer(job_id=str(job.pk))
    return job


def _taken_up(kind: str, thing: str, arguments: dict[str, Any]) -> Job | None:
    """The job of `thing` that waits, which now does what is asked for too; None if none waits."""
    job = (
        Job.objects.select_for_update(of=("self",))
        .filter(kind=kind, thing=thing, stage=JobStage.WAITING, is_cancelling=False)
        .first()
    )
    if job is None:
        return None
    for name, value in arguments.items():
        if isinstance(value, list):
            job.arguments[name] = list(dict.fromkeys([*job.arguments.get(name, []), *value]))
    Job.objects.filter(pk=job.pk).update(arguments=job.arguments, requested_at=Now())
    return job


def _digest(arguments: dict[str, Any], by: User | None) -> str:
    text = json.dumps([arguments, by and by.pk], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def run(
    *,
    job_id: str,
    clock: Callable[[], datetime],
    listener: Callable[[Job], None] | None = None,
) -> Job:
    """Do the work of a job now, in this process, and keep what came of it.

    A job that has ended is left alone, so running twice is harmless. An unexpected error is kept
    and raised again. When the process itself is told to stop, when the database goes away or others
    were in the way (`TryAgain`; both are raised too), the job stays as it is: running, with nobody
    at work, until the queue gives it out again; after too many such attempts it has failed. Raises
    InOtherHands.
    """
    # The lock, because the queue may give out a job whose worker only seemed to be dead.
    with advisory_lock(UUID(job_id).int >> 65, is_patient=False) as is_ours:
        if not is_ours:
            raise InOtherHands(job_id)
        job, is_to_do = _begin(job_id, clock())
        return _do(job, clock, listener) if is_to_do else job


def _do(job: Job, clock: Callable[[], datetime], listener: Callable[[Job], None] | None) -> Job:
    unexpected = None
    try:
        with pghistory.context(user=job.requested_by_id, job=str(job.pk)):
            job.result = _work_on(job, Progress(job, listener))
        job.stage = JobStage.DONE
    except Cancelled:
        job.stage = JobStage.CANCELLED
    except Refused as refusal:
        job.stage, job.error = JobStage.FAILED, _said(refusal.reason)
    except Exception as error:
        if isinstance(error, TryAgain) or _is_database_gone(error):
            raise
        log.exception("job %s failed", job)
        job.stage, job.error = JobStage.FAILED, f"{type(error).__name__}: {error}"[:2000]
        unexpected = error
    _end(job, clock())
    if listener:
        listener(job)
    if unexpected is not None:
        raise unexpected
    return job


@transaction.atomic
def cancel(*, job: Job, by: User, at: datetime) -> None:
    """Stop a waiting job now, a running one at its next report. Raises Refused."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    permissions.may_cancel(by, job).require()
    job.is_cancelling = True
    if job.stage == JobStage.WAITING:
        job.stage, job.ended_at = JobStage.CANCELLED, at
        announce(JobEnded(job.pk, at))
    job.save(update_fields=["stage", "ended_at", "is_cancelling"])


def skip_waiting(*, kind: str, asked_before: datetime, at: datetime) -> int:
    """Cancel waiting jobs of a kind whose work another job has just done; how many there were."""
    waiting = Job.objects.filter(kind=kind, stage=JobStage.WAITING, requested_at__lt=asked_before)
    return waiting.update(stage=JobStage.CANCELLED, ended_at=at)


@transaction.atomic
def _begin(job_id: str, at: datetime) -> tuple[Job, bool]:
    """The job, marked as running unless it has ended; the second value says whether it is."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.has_ended:
        return job, False
    if job.attempts >= MOST_ATTEMPTS and not job.is_cancelling:
        log.error("job %s is given up after %s attempts", job, job.attempts)
        job.stage, job.error = JobStage.FAILED, _said(Reason.WORKER_DIES)
        _end(job, at)
        return job, False
    job.stage, job.started_at = JobStage.RUNNING, at
    job.attempts += 1
    job.step, job.done, job.total, job.step_started_at = "", 0, 0, None
    job.save(
        update_fields=[
            "stage", "started_at", "attempts", "step", "done", "total", "step_started_at"
        ]
    )  # fmt: skip
    return job, True


def _work_on(job: Job, progress: Progress) -> dict[str, Any]:
    if job.is_cancelling:
        raise Cancelled
    return KINDS[job.kind].run(job, progress) or {}


def _is_database_gone(error: Exception) -> bool:
    """True for a lost connection: no answer at all, or one of the codes of a server going down."""
    code = getattr(error.__cause__, "sqlstate", None) or "08"
    return isinstance(error, InterfaceError | OperationalError) and code.startswith(("08", "57P"))


def _said(reason: Any) -> str:
    """A reason in English, the key of every translation; the page says it as it is read."""
    with translation.override("en"):
        return str(reason.label)


@transaction.atomic
def _end(job: Job, at: datetime) -> None:
    job.ended_at = at
    job.save(update_fields=["stage", "result", "error", "done", "ended_at"])
    announce(JobEnded(job.pk, at))
