"""What people are told about their long jobs."""

from dure.apps.jobs.events import JobEnded
from dure.apps.jobs.notices import job_ended
from dure.apps.jobs.queries import job_by_id
from dure.apps.notices.operations import tell
from dure.foundation.announce import listens_to


@listens_to(JobEnded)
def tell_who_asked(event: JobEnded) -> None:
    """Tell whoever asked for a job that it has ended."""
    job = job_by_id(event.job_id)
    if job.requested_by is None:
        return
    tell(
        recipients=[job.requested_by],
        kind=job_ended,
        facts={"title": job.title, "kind": job.kind, "stage": job.stage},
        url=f"/jobs/{job.pk}/",
        at=event.at,
    )
