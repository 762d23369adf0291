"""What came of a meeting is written down, and the step that follows is seen to."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from dure.apps.consultations import permissions
from dure.apps.consultations.models import ConsultationRecord, NextStep, Outcome
from dure.apps.consultations.notices import fair_task
from dure.apps.consultations.queries import may_own_task, meeting_of
from dure.apps.consultations.reasons import Reason
from dure.apps.fairs.models import Pair
from dure.apps.fairs.operations.locks import locked
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.operations import note_outcome
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

FIELDS = ("outcome", "no_show", "result", "next_step", "why", "owner", "due_on")
KINDS = {"pair": Pair, "introduction": Introduction}
WITH = {
    Pair: ("fair", "demand__organisation", "supply__organisation"),
    Introduction: ("need__organisation", "technology__organisation"),
}
# Steps that somebody has to see to.
TASKS = (NextStep.JOINT_DEVELOPMENT, NextStep.PURCHASE_TALK, NextStep.NDA)


@transaction.atomic
def record_consultation(
    *,
    of: Pair | Introduction,
    values: dict[str, Any],
    seen_at: datetime | None,
    by: User,
    at: datetime,
) -> ConsultationRecord:
    """Write down what came of a meeting, at a fair or after an introduction. Raises Refused.

    `values` are `outcome`, `no_show`, `result`, `next_step`, `why`, `owner` and `due_on`;
    `seen_at` is when the writer's version was changed last, None for the first record.
    """
    of = locked(type(of).objects.select_related(*WITH[type(of)])).get(pk=of.pk)
    permissions.may_record(by, of).require()
    key = {"pair" if isinstance(of, Pair) else "introduction": of}
    record = ConsultationRecord.objects.filter(**key).first()
    if (record.updated_at if record else None) != seen_at:
        raise Refused(FairReason.CHANGED_MEANWHILE)
    record = record or ConsultationRecord(**key)
    before = (record.owner_id, record.next_step)
    for name in FIELDS:
        setattr(record, name, values.get(name) or ("" if name not in ("owner", "due_on") else None))
    if record.outcome == Outcome.NO_SHOW or record.next_step not in TASKS:
        record.owner, record.due_on = None, None
    if record.owner and not may_own_task(of, record.owner):
        raise Refused(Reason.NOT_THEIR_PERSON)
    if before != (record.owner_id, record.next_step):
        record.done_at = None
    record.meeting = record.meeting or meeting_of(of)
    record.recorded_by, record.recorded_at = by, at
    try:
        record.validate_constraints()
    except ValidationError as faults:
        raise Refused(FairReason.INCOMPLETE, messages=faults.messages) from faults
    record.save()
    if isinstance(of, Introduction):
        note_outcome(
            introduction=of,
            has_met=record.outcome == Outcome.KEPT,
            reason=str(record.get_why_display()) if record.why else "",
            by=by,
            at=at,
        )
    if record.owner_id and record.owner_id not in (by.pk, before[0]):
        _tell_owner(record, at)
    return record


@transaction.atomic
def finish_task(*, record: ConsultationRecord, by: User, at: datetime) -> ConsultationRecord:
    """Say that the step which follows from a meeting is done. Raises Refused."""
    record = _locked(record)
    permissions.may_finish_task(by, record).require()
    if record.done_at is not None:
        raise Refused(FairReason.STAGE_CLOSED)
    record.done_at = at
    record.save()
    return record


@transaction.atomic
def reopen_task(*, record: ConsultationRecord, by: User) -> ConsultationRecord:
    """Say that a step is not done after all. Raises Refused."""
    record = _locked(record)
    permissions.may_finish_task(by, record).require()
    if record.done_at is None:
        raise Refused(FairReason.NOTHING_TO_TAKE_BACK)
    record.done_at = None
    record.save()
    return record


@transaction.atomic
def hand_over(
    *, record: ConsultationRecord, owner: User, due_on: date, by: User, at: datetime
) -> ConsultationRecord:
    """Give a step to somebody else, or another date. Raises Refused."""
    record = _locked(record)
    permissions.may_finish_task(by, record).require()
    if not may_own_task(record.of, owner):
        raise Refused(Reason.NOT_THEIR_PERSON)
    is_new = record.owner_id != owner.pk
    record.owner, record.due_on = owner, due_on
    record.save()
    if is_new and owner.pk != by.pk:
        _tell_owner(record, at)
    return record


def _locked(record: ConsultationRecord) -> ConsultationRecord:
    return (
        locked(ConsultationRecord.objects.all())
        .select_related(*(f"{name}__{path}" for name, kind in KINDS.items() for path in WITH[kind]))
        .get(pk=record.pk)
    )


def _tell_owner(record: ConsultationRecord, at: datetime) -> None:
    owner, (demand, supply) = record.owner, record.of.sides
    is_buyer = owner.memberships.filter(organisation=demand).exists()
    other = supply if is_buyer else demand
    tell(
        recipients=[owner],
        kind=fair_task,
        facts={"organisation": other.name, "due": date_format(record.due_on, "Y-m-d")},
        url="/fairs/tasks/",
        at=at,
    )
