"""A recorded fact and the check of a list, for the test of routes."""

from dure.apps.jobs.models import Job, JobStage
from dure.apps.registers import operations
from tests.apps.registers.conftest import make_fact
from tests.conftest import NOON


def things(cast, world):
    # Of no arrears: the firm signs agreements in this world.
    fact = make_fact(cast, value="no")
    result = {"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1}
    job = Job.objects.create(
        kind=operations.CHECK, title="facts.xlsx", requested_by=cast["officer"], stage=JobStage.DONE, ended_at=NOON,
        arguments={"path": "/nowhere/facts.xlsx"}, result=result,
    )  # fmt: skip
    return {
        "registers:withdraw": fact.pk,
        "registers:organisation": cast.supplier.pk,
        "registers:import_job": job.pk,
        "registers:import_confirm": job.pk,
    }
