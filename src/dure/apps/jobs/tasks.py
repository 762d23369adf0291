"""The queue's side of long jobs, and the reaper of those whose worker died."""

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from dure.apps.jobs import operations


@app.task(name="run_job", queue="jobs")
def run_job(job_id: str) -> None:
    """Do the work of one job."""
    operations.run(job_id=job_id, clock=timezone.now)


@app.periodic(cron="* * * * * */15")  # the sixth field is the seconds
@app.task(name="revive_stalled_jobs", queue="reaper", queueing_lock="revive", pass_context=True)
async def revive_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker gives no sign of life.

    A worker gives one every ten seconds; `DURE_STALL_SECONDS` must be more than that.
    """
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=settings.DURE_STALL_SECONDS)
    for job in stalled:
        await manager.retry_job(job)
