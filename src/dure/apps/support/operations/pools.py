"""Pools of experts: invitations, exchange programmes, tasks found, and what they are linked to."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import Organisation, User
from dure.apps.support import permissions, queries
from dure.apps.support.kinds import Pool, ProfileKind
from dure.apps.support.models import (
    ExchangeProgramme,
    Invitation,
    Profile,
    SupportRequest,
    Task,
)
from dure.apps.support.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def invite(
    *,
    profiles: Sequence[Profile],
    on: date,
    by: User,
    at: datetime,
    programme: ExchangeProgramme | None = None,
) -> int:
    """Note that experts were invited into their pool, or to a programme of it; returns how many
    were not before. Raises Refused."""
    permissions.may_keep_pools(by).require()
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    for profile in profiles:
        if profile.kind != ProfileKind.EXPERT or (programme and profile.pool != programme.pool):
            raise Refused(Reason.OTHER_FIELD)
    before = Invitation.objects.filter(programme=programme).count()
    Invitation.objects.bulk_create(
        [Invitation(profile=profile, programme=programme, invited_on=on, by=by) for profile in profiles],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    return Invitation.objects.filter(programme=programme).count() - before


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, is_accepted: bool, by: User, at: datetime
) -> Invitation:
    """Note what an expert said to an invitation; the expert may say so too. Raises Refused."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    is_own = invitation.profile.email.lower() == by.email.lower()
    if not is_own:
        permissions.may_keep_pools(by).require()
    if invitation.answer != Invitation.Answer.OPEN:
        raise Refused(Reason.SAID_ALREADY)
    answers = Invitation.Answer
    invitation.answer = answers.ACCEPTED if is_accepted else answers.DECLINED
    invitation.answered_on = localdate(at)
    invitation.save(update_fields=["answer", "answered_on"])
    return invitation


@transaction.atomic
def hold_programme(
    *,
    pool: Pool,
    title: str,
    on: date,
    by: User,
    at: datetime,
    place: str = "",
    host: Organisation | None = None,
) -> ExchangeProgramme:
    """Enter an exchange programme of a pool. Raises Refused."""
    permissions.may_keep_pools(by).require()
    if not title.strip():
        raise Refused(Reason.FIELD_MISSING)
    held = ExchangeProgramme.objects.filter(pool=pool.id, title=title.strip(), on=on)
    if held.exists():
        raise Refused(Reason.NAMED_ALREADY)
    return ExchangeProgramme.objects.create(
        pool=pool.id, title=title.strip(), on=on, place=place.strip(), host=host, by=by, at=at
    )


@transaction.atomic
def find_task(
    *,
    programme: ExchangeProgramme,
    title: str,
    text: str,
    by: User,
    at: datetime,
    expert: Profile | None = None,
    organisation: Organisation | None = None,
) -> Task:
    """Note a task that an exchange programme found. Raises Refused."""
    permissions.may_keep_pools(by).require()
    if not title.strip():
        raise Refused(Reason.FIELD_MISSING)
    if expert is not None and expert.pool != programme.pool:
        raise Refused(Reason.OTHER_FIELD)
    today = localdate(at)
    if programme.on > today:
        raise Refused(Reason.DAY_TO_COME)
    return Task.objects.create(
        programme=programme, expert=expert, organisation=organisation, title=title.strip(),
        text=text.strip(), found_on=today, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def link_task(
    *,
    task: Task,
    by: User,
    at: datetime,
    request: SupportRequest | None = None,
    linked_to: str = "",
) -> Task:
    """Say which support a task led to: a request here, or other support by name. Raises Refused."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    permissions.may_keep_pools(by).require()
    if task.linked_on is not None:
        raise Refused(Reason.SAID_ALREADY)
    if request is None and not linked_to.strip():
        raise Refused(Reason.FIELD_MISSING)
    if request and not queries.requests_visible_to(by).filter(pk=request.pk).exists():
        raise Refused(Reason.NOT_A_READER)
    task.request, task.linked_to, task.linked_on = request, linked_to.strip(), localdate(at)
    task.save(update_fields=["request", "linked_to", "linked_on"])
    return task
