"""A group with a member, a goal and a survey, for the test of routes."""

from dure.apps.groups import operations
from dure.apps.jobs.models import Job, JobStage
from tests.conftest import NOON


def things(cast, world):
    group = cast.exchange_group()
    goal = operations.add_goal(
        group=group, values={"year": 2026, "kind": "PURCHASE", "measure": "절감액", "target": 10},
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    result = {"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1}
    job = Job.objects.create(
        kind=operations.CHECK, title="survey.xlsx", requested_by=cast["officer"],
        stage=JobStage.DONE, ended_at=NOON, result=result,
        arguments={"path": "/nowhere/survey.xlsx"},
    )  # fmt: skip
    return {
        "groups:": group.pk,
        "groups:leave": group.members.get().pk,
        "groups:review": goal.pk,
        "groups:import_job": job.pk,
        "groups:confirm_import": job.pk,
    }
