"""Win-win models: written in versions, proposed, taken up, taken back, opened."""

from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.councils import permissions
from dure.apps.councils.kinds import Council
from dure.apps.councils.models import Version, WinWinModel
from dure.apps.councils.operations.telling import tell_of_model
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import ModelStage, VoteStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

BY_VOTE = (ModelStage.RECOMMENDED, ModelStage.RETURNED, ModelStage.REJECTED)
BY_COMMITTEE = (ModelStage.APPROVED, ModelStage.REFUSED, ModelStage.CLOSED)


def held(model: WinWinModel) -> WinWinModel:
    """The model, which nobody else changes until this transaction ends."""
    win_win_models = WinWinModel.objects.select_for_update(of=("self",))
    return win_win_models.select_related("large_firm", "small_firm").get(pk=model.pk)


@transaction.atomic
def draft(
    *, council: Council, values: dict[str, Any], sections: dict[str, str], by: User, at: datetime
) -> WinWinModel:
    """Begin a model; `values` are fields of it. One's own firm is one of the two. Raises Refused."""
    permissions.may_propose(by).require()
    model = WinWinModel(council=council.id, **values, created_by=by, created_at=at)
    permissions.may_write(by, model).require()
    if model.grant_won > council.grant_won:
        raise Refused(Reason.TOO_LARGE_A_GRANT)
    model.save()
    Version.objects.create(model=model, number=1, sections=sections, by=by, at=at)
    return model


@transaction.atomic
def write_version(
    *, model: WinWinModel, seen: int, sections: dict[str, str], note: str, by: User, at: datetime
) -> Version:
    """Write the next version, knowing version `seen`: an amendment says what changed.

    Raises Refused, also where somebody was faster, nothing changed, or a vote is open on it.
    """
    model = held(model)
    permissions.may_write(by, model).require()
    if model.votes.filter(stage=VoteStage.OPEN).exists():
        raise Refused(Reason.VOTE_OPEN)
    last = model.versions.latest("number")
    if last.number != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if last.sections == sections:
        raise Refused(Reason.NOTHING_CHANGED)
    made = Version.objects.create(
        model=model, number=last.number + 1, sections=sections, note=note, by=by, at=at
    )
    if model.stage != ModelStage.DRAFT:
        tell_of_model(model, by, at)
    return made


@transaction.atomic
def move_model(*, model: WinWinModel, stage: str, by: User, at: datetime) -> WinWinModel:
    """Propose a model, take it up for deliberation, or take it back. Raises Refused."""
    model = held(model)
    if stage in (*BY_VOTE, *BY_COMMITTEE):
        raise Refused(Reason.STAGE_CLOSED)
    permissions.may_move(by, model, stage).require()
    if model.votes.filter(stage=VoteStage.OPEN).exists():
        raise Refused(Reason.VOTE_OPEN)
    if stage == ModelStage.PROPOSED:
        _require_whole(model)
    model.stage = stage
    model.save(update_fields=["stage"])
    tell_of_model(model, by, at)
    return model


@transaction.atomic
def open_up(*, model: WinWinModel, by: User) -> WinWinModel:
    """End the secrecy: members of the council read the model without a promise. Raises Refused."""
    model = held(model)
    permissions.may_open_up(by, model).require()
    model.is_secret = False
    model.save(update_fields=["is_secret"])
    return model


@transaction.atomic
def write_conditions(*, model: WinWinModel, text: str, by: User, at: datetime) -> WinWinModel:
    """Say on which conditions a model was returned. Raises Refused."""
    permissions.may_run(by).require()
    model = held(model)
    if model.stage != ModelStage.RETURNED:
        raise Refused(Reason.STAGE_CLOSED)
    if not text.strip():
        raise Refused(Reason.SAY_CONDITIONS)
    model.conditions = text
    model.save(update_fields=["conditions"])
    tell_of_model(model, by, at)
    return model


def _require_whole(model: WinWinModel) -> None:
    sections = model.versions.latest("number").sections
    if any(section.required and not sections.get(section.id) for section in model.file.sections):
        raise Refused(Reason.SECTION_MISSING)
