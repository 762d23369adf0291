"""A product that is asked for, and the check of a list, for the test of routes."""

from dure.apps.designations import operations
from dure.apps.jobs.models import Job, JobStage
from tests.conftest import NOON


def things(cast, world):
    asked = cast.innovation_product()
    result = {"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1}
    job = Job.objects.create(
        kind=operations.CHECK, title="factories.xlsx", requested_by=cast["officer"],
        stage=JobStage.DONE, ended_at=NOON, result=result,
        arguments={"path": "/nowhere/factories.xlsx", "register": "smart-factory"},
    )  # fmt: skip
    return {
        "designations:": asked.pk,
        "designations:register:slug": "innovation-product",
        "designations:catalogue:slug": "innovation-product",
        "designations:new:slug": "innovation-product",
        "designations:import:slug": "smart-factory",
        "designations:import_template:slug": "smart-factory",
        "designations:import_upload:slug": "smart-factory",
        "designations:step:stage": "reviewed",
        "designations:import_job": job.pk,
        "designations:import_confirm": job.pk,
    }
