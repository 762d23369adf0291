"""The consortium: who is invited, takes part, confirms its part, leaves."""

from datetime import datetime

from django.db import transaction

from dure.apps.applications import permissions, queries
from dure.apps.applications.adapter import programme_roles
from dure.apps.applications.models import Application, Participant, Submission
from dure.apps.applications.notices import (
    application_answered,
    application_invited,
    application_void,
)
from dure.apps.applications.operations.telling import (
    everybody_in,
    hold,
    locked,
    member,
    moment,
    tell_of,
)
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage, ParticipantStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.engines import funding
from dure.foundation.verdict import Refused


@transaction.atomic
def invite(
    *,
    application: Application,
    organisation: Organisation,
    role: str,
    sees_all: bool,
    by: User,
    at: datetime,
) -> Participant:
    """Ask an organisation to take part; one that declined or left can be asked again.

    Raises Refused.
    """
    application = locked(application)
    permissions.may_lead(by, application).require()
    if role == funding.Role.LEAD or role not in programme_roles(application.call):
        raise Refused(Reason.ROLE_NOT_IN_PROGRAMME)
    there = application.participants.filter(organisation=organisation).first()
    if there and there.stage in (ParticipantStage.INVITED, ParticipantStage.JOINED):
        raise Refused(Reason.MEMBER_ALREADY)
    participant = there or Participant(application=application, organisation=organisation)
    participant.role, participant.sees_all = role, sees_all
    participant.stage = ParticipantStage.INVITED
    participant.invited_by, participant.invited_at = by, at
    participant.answered_by = participant.answered_at = None
    participant.save()
    tell_of(
        application,
        application_invited,
        people_of(organisation),
        at,
        organisation=organisation.name,
    )
    return participant


@transaction.atomic
def answer_invitation(
    *, participant: Participant, is_yes: bool, by: User, at: datetime
) -> Participant:
    """Take part, or not. Raises Refused."""
    application = locked(participant.application)
    participant = member(application, participant.pk)
    permissions.may_answer_invitation(by, participant).require()
    participant.stage = ParticipantStage.JOINED if is_yes else ParticipantStage.DECLINED
    participant.answered_by, participant.answered_at = by, at
    participant.save(update_fields=["stage", "answered_by", "answered_at"])
    tell_of(
        application,
        application_answered,
        [application.leader],
        at,
        organisation=participant.organisation.name,
        is_yes=is_yes,
    )
    return participant


@transaction.atomic
def drop_member(*, participant: Participant, by: User, at: datetime) -> Participant:
    """Take a member out of the draft; what was submitted stands as it is. Raises Refused."""
    application = locked(participant.application)
    participant = member(application, participant.pk)
    permissions.may_lead(by, application).require()
    if participant.role == funding.Role.LEAD:
        raise Refused(Reason.LEAD_STAYS)
    return _out(participant, by, at)


@transaction.atomic
def confirm_part(*, participant: Participant, by: User, at: datetime) -> Participant:
    """Confirm one's own part as it is. Raises Refused."""
    application = locked(participant.application)
    participant = member(application, participant.pk)
    permissions.may_confirm(by, participant, at).require()
    participant.confirmed_by, participant.confirmed_at = by, at
    participant.save(update_fields=["confirmed_by", "confirmed_at"])
    return participant


@transaction.atomic
def leave(*, participant: Participant, by: User, at: datetime) -> Participant:
    """Withdraw one's consent: what was submitted is void, and everybody in it is told.

    Raises Refused.
    """
    hold(participant.application.call)
    application = locked(participant.application)
    participant = member(application, participant.pk)
    permissions.may_leave(by, participant, at).require()
    users = everybody_in(application)
    _out(participant, by, at)
    standing = queries.standing_submission(application)
    if standing is not None:
        Submission.objects.filter(
            application=application, voided_at=None, withdrawn_at=None
        ).update(voided_at=at)
        application.stage = ApplicationStage.VOID
    elif application.stage == ApplicationStage.FILED:
        application.stage = ApplicationStage.DRAFT
    application.filed_by = application.filed_at = None
    application.save(update_fields=["stage", "filed_by", "filed_at"])
    if standing is not None:
        tell_of(
            application,
            application_void,
            users,
            at,
            organisation=participant.organisation.name,
            until=moment(queries.deadline_of(application)),
        )
    else:
        tell_of(
            application,
            application_answered,
            [application.leader],
            at,
            organisation=participant.organisation.name,
            is_yes=False,
        )
    return participant


def _out(participant: Participant, by: User, at: datetime) -> Participant:
    participant.stage = ParticipantStage.LEFT
    participant.answered_by, participant.answered_at = by, at
    participant.confirmed_by = participant.confirmed_at = None
    participant.save(
        update_fields=["stage", "answered_by", "answered_at", "confirmed_by", "confirmed_at"]
    )
    return participant
