"""Deliberation: promises of secrecy, experts, comments by section, opinions of ministries."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.councils import permissions, queries
from dure.apps.councils.kinds import UNDERTAKEN
from dure.apps.councils.models import Comment, Expert, Opinion, Undertaking, Version, WinWinModel
from dure.apps.councils.operations.telling import tell_people
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import ModelStage
from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.foundation import sealing
from dure.foundation.verdict import Refused


@transaction.atomic
def undertake(*, model: WinWinModel, by: User, at: datetime) -> Undertaking:
    """Promise to keep a model secret: what the council's file says, and recorded. Raises Refused."""
    if not queries.models_visible_to(by).filter(pk=model.pk).exists():
        raise Refused(Reason.NOT_OF_THE_MODEL)
    text = str(model.file.undertaking)
    undertaking, is_new = Undertaking.objects.get_or_create(
        model=model, user=by, defaults={"text": text, "at": at}
    )
    if is_new:
        record(
            kind=UNDERTAKEN,
            about=f"model:{model.pk}",
            content={"model": model.number, "text_sha256": sealing.digest({"text": text})},
            parties=[model.large_firm, model.small_firm],
            is_of_office=True,
            by=by,
            at=at,
        )
    return undertaking


@transaction.atomic
def name_expert(*, model: WinWinModel, user: User, by: User, at: datetime) -> Expert:
    """Let somebody outside the council read a model, once they have promised. Raises Refused."""
    permissions.may_run(by).require()
    expert, is_new = Expert.objects.get_or_create(
        model=model, user=user, defaults={"named_by": by, "named_at": at}
    )
    if is_new:
        tell_people(
            [user], "EXPERT", model.file, model.get_absolute_url(), by, at, number=model.number
        )
    return expert


@transaction.atomic
def comment(*, version: Version, section: str, text: str, by: User, at: datetime) -> Comment:
    """Say something of a section. Raises Refused."""
    permissions.may_comment(by, version.model).require()
    return Comment.objects.create(version=version, section=section, text=text, by=by, at=at)


@transaction.atomic
def ask_opinion(
    *, model: WinWinModel, ministry: str, asked: User, by: User, at: datetime
) -> Opinion:
    """Ask a ministry through one of its people; it has the days of the council's file.

    Raises Refused.
    """
    permissions.may_run(by).require()
    if model.stage not in (ModelStage.PROPOSED, ModelStage.DELIBERATED):
        raise Refused(Reason.STAGE_CLOSED)
    due = localdate(at) + timedelta(days=model.file.opinion_days)
    opinion = Opinion.objects.create(
        model=model, ministry=ministry, asked=asked, asked_at=at, due_on=due
    )
    tell_people(
        [asked], "OPINION", model.file, model.get_absolute_url(), by, at,
        number=model.number, day=str(due),
    )  # fmt: skip
    return opinion


@transaction.atomic
def answer_opinion(*, opinion: Opinion, stance: str, text: str, by: User, at: datetime) -> Opinion:
    """Give the opinion that was asked for, also after its day. Raises Refused."""
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("model").get(
        pk=opinion.pk
    )  # fmt: skip
    permissions.may_answer(by, opinion).require()
    opinion.stance, opinion.text, opinion.answered_at = stance, text, at
    opinion.save(update_fields=["stance", "text", "answered_at"])
    return opinion
