"""Two reports that may be one, with evidence, and the check of a list, for the test of routes."""

from datetime import date

from dure.apps.jobs.models import Job, JobStage
from dure.apps.outcomes import operations
from dure.apps.outcomes.models import Twins
from tests.conftest import NOON


def things(cast, world):
    made = cast.outcome(files=[cast.proof()])
    cast.outcome(title="같은 계약")
    judged = Twins.objects.get()
    sold = cast.outcome(title="확인된 계약", on=date(2026, 2, 2))
    hired = cast.outcome(
        kind="jobs", counterpart=None, amount=None, currency="", count=2, files=[cast.proof()]
    )
    for outcome, who in ((sold, "manager"), (hired, "officer2")):
        operations.confirm(outcome=outcome, by=cast[who], at=NOON)
    result = {"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1}
    job = Job.objects.create(
        kind=operations.CHECK, title="outcomes.xlsx", requested_by=cast["supplier"],
        stage=JobStage.DONE, ended_at=NOON, arguments={"path": "/nowhere/outcomes.xlsx"},
        result=result,
    )  # fmt: skip
    return {
        "outcomes:": made.pk,
        "outcomes:evidence": made.evidence.get().pk,
        "outcomes:judge": judged.pk,
        "outcomes:part": judged.pk,
        "outcomes:report:kind": "contract",
        "outcomes:import_job": job.pk,
        "outcomes:import_confirm": job.pk,
    }
