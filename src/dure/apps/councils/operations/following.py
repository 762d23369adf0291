"""What the committee decided, and what came of an approved model until its end."""

from datetime import date, datetime

from django.db import transaction

from dure.apps.councils import permissions
from dure.apps.councils.models import FollowUp, WinWinModel
from dure.apps.councils.operations.proposing import held
from dure.apps.councils.operations.telling import tell_of_model
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import FollowUpStage, ModelStage
from dure.apps.people.models import User
from dure.apps.projects.models import Project
from dure.foundation.verdict import Refused


@transaction.atomic
def decide(
    *, model: WinWinModel, stage: str, on: date, decision: str, by: User, at: datetime
) -> WinWinModel:
    """Write down what the approving committee decided on a recommended model. Raises Refused."""
    model = held(model)
    permissions.may_run(by).require()
    if stage not in (ModelStage.APPROVED, ModelStage.REFUSED):
        raise Refused(Reason.STAGE_CLOSED)
    permissions.may_move(by, model, stage).require()
    model.stage, model.decided_on, model.decision = stage, on, decision
    model.save(update_fields=["stage", "decided_on", "decision"])
    tell_of_model(model, by, at)
    return model


@transaction.atomic
def add_follow_up(
    *, model: WinWinModel, kind: str, title: str, owner: str, due_on: date,
    project: Project | None, by: User,
) -> FollowUp:  # fmt: skip
    """Write down what an approved model gives rise to, and who sees to it. Raises Refused."""
    permissions.may_run(by).require()
    model = held(model)
    if model.stage != ModelStage.APPROVED:
        raise Refused(Reason.STAGE_CLOSED)
    return FollowUp.objects.create(
        model=model, kind=kind, title=title, owner=owner, due_on=due_on, project=project
    )


@transaction.atomic
def end_follow_up(
    *, follow_up: FollowUp, stage: str, result: str, on: date, by: User, at: datetime
) -> FollowUp:
    """Say what came of it. With the last one the model has come to its end. Raises Refused."""
    permissions.may_run(by).require()
    model = held(follow_up.model)
    follow_up.refresh_from_db()
    if follow_up.stage != FollowUpStage.RUNNING or stage == FollowUpStage.RUNNING:
        raise Refused(Reason.STAGE_CLOSED)
    follow_up.stage, follow_up.result, follow_up.ended_on = stage, result, on
    follow_up.save(update_fields=["stage", "result", "ended_on"])
    if not model.follow_ups.filter(stage=FollowUpStage.RUNNING).exists():
        model.stage = ModelStage.CLOSED
        model.save(update_fields=["stage"])
        tell_of_model(model, by, at)
    return follow_up
