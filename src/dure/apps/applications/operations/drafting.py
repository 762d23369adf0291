"""Starting an application and writing its parts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.models import Application, DraftPart, Participant
from dure.apps.applications.notices import application_part_changed
from dure.apps.applications.operations.members import invite
from dure.apps.applications.operations.telling import locked, member, tell_of
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ParticipantStage
from dure.apps.calls.models import Call, Round
from dure.apps.challenges.models import Candidate
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of, roles_of
from dure.engines import funding
from dure.foundation.verdict import Refused


def start(
    *,
    call: Call,
    organisation: Organisation,
    by: User,
    at: datetime,
    within: Round | None = None,
    parts: Mapping[str, dict[str, Any]] | None = None,
) -> Application:
    """Start an application, with what is known of it already; `by` becomes its project leader.

    An organisation leads one application to a call: whoever starts it again gets the one that is
    there. `parts` are values of parts that are not anybody's own. Raises Refused, BadPart.
    """
    if there := queries.own_application(call, organisation, within):
        permissions.may_read(by, there, "project", None).require()
        return there
    try:
        with transaction.atomic():
            return _started(call, organisation, within, parts or {}, by, at)
    except IntegrityError:
        if there := queries.own_application(call, organisation, within):
            return there
        raise


@transaction.atomic
def start_from(
    *,
    call: Call,
    organisation: Organisation,
    challenge: Candidate | None,
    record: ConsultationRecord | None,
    by: User,
    at: datetime,
    within: Round | None = None,
) -> Application:
    """Start an application with what a challenge or the record of a meeting says already.

    The title is taken over, and the organisation on the demand side is invited in the role that
    the programme has for it. Raises Refused.
    """
    title, buyer, origin = "", None, {}
    if challenge is not None:
        title, buyer = str(challenge.approved or challenge), challenge.organisation
        needs = [challenge.need_id] if challenge.need_id else []
        origin = {"challenge": challenge.pk, "needs": needs}
    if record is not None:
        need = record.of.need
        title, buyer = title or (str(need) if need else ""), buyer or record.of.sides[0]
        origin |= {"record": record.pk}
        origin.setdefault("needs", [need.pk] if need else [])
    made = start(
        call=call, organisation=organisation, within=within, by=by, at=at,
        parts={"project": {"title": title[:300]}, "origin": origin},
    )  # fmt: skip
    role = next((role for role in adapter.COMMITTED if role in adapter.programme_roles(call)), None)
    is_new = made.created_at == at
    if is_new and buyer is not None and buyer != organisation and role:
        invite(application=made, organisation=buyer, role=role, sees_all=False, by=by, at=at)
    return made


def _started(
    call: Call,
    organisation: Organisation,
    within: Round | None,
    parts: Mapping[str, dict[str, Any]],
    by: User,
    at: datetime,
) -> Application:
    permissions.may_start(by, call, organisation, within, at).require()
    application = Application(
        call=call,
        round=within,
        organisation=organisation,
        leader=by,
        created_by=by,
        created_at=at,
        changed_at=at,
    )
    application.number = application.uid.hex[:30]
    application.save()
    application.number = f"{at.year}-{application.pk:06d}"
    application.save(update_fields=["number"])
    Participant.objects.create(
        application=application,
        organisation=organisation,
        role=funding.Role.LEAD,
        stage=ParticipantStage.JOINED,
        sees_all=True,
        invited_by=by,
        invited_at=at,
        answered_by=by,
        answered_at=at,
    )
    for name, value in parts.items():
        _written(application, None, name, adapter.checked(name, value), None, by, at)
    return application


@transaction.atomic
def save_part(
    *,
    application: Application,
    name: str,
    value: Mapping[str, Any],
    seen: int,
    by: User,
    at: datetime,
) -> DraftPart:
    """Keep a part of a draft; `seen` is the version that the writer began from, 0 for none.

    What is the same already is no conflict. A change of a member's part voids its confirmation,
    and the member is told when it was another who changed it. Raises BadPart, and Refused: when
    somebody else saved meanwhile its details have that `part`.
    """
    owner = adapter.owner_of(name)
    kept = adapter.checked(name, value)
    application = locked(application)
    permissions.may_edit_part(by, application, owner).require()
    if owner is None:
        participant = None
    elif application.participants.filter(pk=owner).exists():
        participant = member(application, owner)
    else:
        raise Refused(Reason.UNKNOWN_PART)
    current = application.parts.select_for_update().filter(name=name).first()
    if current is not None and adapter.read(current) == kept:
        return current
    if seen != (current.version if current else 0):
        raise Refused(Reason.CHANGED_MEANWHILE, part=current)
    part = _written(application, participant, name, kept, current, by, at)
    application.changed_at = at
    application.save(update_fields=["changed_at"])
    if participant is not None:
        _void_confirmation(application, participant, by, at)
    return part


def _written(
    application: Application,
    participant: Participant | None,
    name: str,
    kept: dict[str, Any],
    current: DraftPart | None,
    by: User,
    at: datetime,
) -> DraftPart:
    part = current or DraftPart(
        application=application, participant=participant, name=name, version=0
    )
    part.locked = adapter.sealed_value(application.pk, name, kept)
    part.version += 1
    part.edited_by, part.edited_at = by, at
    part.save()
    return part


def _void_confirmation(
    application: Application, participant: Participant, by: User, at: datetime
) -> None:
    if participant.confirmed_at is None:
        return
    participant.confirmed_at = participant.confirmed_by = None
    participant.save(update_fields=["confirmed_at", "confirmed_by"])
    if participant.organisation_id not in roles_of(by).organisations:
        tell_of(
            application,
            application_part_changed,
            people_of(participant.organisation),
            at,
            organisation=participant.organisation.name,
        )


@transaction.atomic
def name_leader(*, application: Application, leader: User, by: User) -> Application:
    """Say who leads the project: somebody of the lead organisation. Raises Refused."""
    application = locked(application)
    permissions.may_lead(by, application).require()
    if not people_of(application.organisation).filter(pk=leader.pk).exists():
        raise Refused(Reason.NOT_OF_THE_FIRM)
    application.leader = leader
    application.save(update_fields=["leader"])
    return application
