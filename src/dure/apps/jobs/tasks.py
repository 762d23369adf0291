"""The queue's side of long jobs, and the reaper of those whose worker died."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from dure.apps.jobs import operations
from dure.foundation.again import TryAgain

STALL = settings.DURE_STALL_SECONDS
# In other hands: we look again, in case those die. Database gone: it comes back.
AGAIN = RetryStrategy(
    wait=STALL,
    retry_exceptions=[operations.InOtherHands, InterfaceError, OperationalError, TryAgain],
)
# Whatever waits: what looks after the others comes first.
BEFORE_ALL = 1000


@app.task(name="run_job", queue="jobs", retry=AGAIN)
def run_job(job_id: str) -> None:
    """Do the work of one job."""
    operations.run(job_id=job_id, clock=timezone.now)


@app.periodic(cron=f"* * * * * */{max(1, min(STALL // 2, 30))}")  # the sixth field: the seconds
@app.task(
    name="revive_stalled_jobs",
    queue="reaper",
    queueing_lock="revive",
    priority=BEFORE_ALL,
    pass_context=True,
)
async def revive_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker gives no sign of life, or has lost sight of them.

    When the database goes away just as a job ends, the queue never learns of it, and the worker,
    which lives on, keeps the job for ever. A worker does one thing at a time: while it is here,
    whatever else it is said to be doing it is not.
    """
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALL)
    mine = await manager.list_jobs_async(status="doing", worker_id=context.job.worker_id)
    for job in (*stalled, *(job for job in mine if job.id != context.job.id)):
        await manager.retry_job(job)
