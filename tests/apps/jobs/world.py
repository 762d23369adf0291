"""A job, for the test of routes."""

from dure.apps.jobs.models import Job


def things(cast, world):
    job = Job.objects.create(
        kind="check_sheet", title="needs.csv", requested_by=cast["manager"],
        arguments={"kind": "needs", "path": "/none.csv", "name": "needs.csv"},
    )  # fmt: skip
    return {"job_id": job.pk}
