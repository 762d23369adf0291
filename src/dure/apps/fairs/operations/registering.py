"""Organisations register, are let in or refused, say who comes and when, and withdraw."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.fairs import permissions
from dure.apps.fairs.events import (
    AvailabilityChanged,
    RegistrationsAnswered,
    RegistrationWithdrawn,
)
from dure.apps.fairs.models import Absence, Attendee, Fair, Registration, Side
from dure.apps.fairs.notices import fair_answered
from dure.apps.fairs.operations.locks import lock_registration, lock_registrations
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import REGISTRATION_NEXT, RegistrationStage
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation.advisory_lock import in_turn
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

# What an organisation says of itself; the rest is decided.
FIELDS = ("parallel", "max_meetings", "interpreter", "note")


@transaction.atomic
def register_organisation(
    *,
    fair: Fair,
    organisation: Organisation,
    side: str,
    values: dict[str, Any],
    by: User,
    at: datetime,
) -> Registration:
    """Register an organisation for a fair; an officer lets it in later. Raises Refused.

    `values` are some of `parallel`, `max_meetings`, `interpreter` and `note`. One that withdrew
    applies anew.
    """
    permissions.may_register(by, fair, organisation, at).require()
    if side == Side.DEMAND and not organisation.is_demand:
        raise Refused(Reason.NOT_A_DEMAND_ORGANISATION)
    in_turn("registration", fair.pk, organisation.pk)
    known = fair.registrations.filter(organisation=organisation).first()
    registration = (
        lock_registration(known) if known else Registration(fair=fair, organisation=organisation)
    )
    is_known = registration.pk is not None
    if is_known and RegistrationStage.APPLIED not in REGISTRATION_NEXT[registration.stage]:
        raise Refused(Reason.ALREADY_REGISTERED)
    if is_known and registration.side != side:
        registration.pairs_as_demand.filter(meetings__isnull=True).delete()
        registration.pairs_as_supply.filter(meetings__isnull=True).delete()
    _set(registration, values)
    registration.side, registration.stage = side, RegistrationStage.APPLIED
    registration.applied_by, registration.applied_at = by, at
    registration.save()
    return registration


@transaction.atomic
def edit_registration(
    *,
    registration: Registration,
    values: dict[str, Any],
    seen_at: datetime | None,
    by: User,
) -> Registration:
    """Change what an organisation says of itself; `seen_at` as in `edit_fair`. Raises Refused."""
    registration = lock_registration(registration)
    permissions.may_edit_registration(by, registration).require()
    if seen_at is not None and registration.updated_at != seen_at:
        raise Refused(Reason.CHANGED_MEANWHILE)
    _set(registration, values)
    registration.save()
    return registration


@transaction.atomic
def set_attendees(
    *, registration: Registration, attendees: Sequence[tuple[str, str]], by: User
) -> list[Attendee]:
    """Say who comes, as (name, position); those who stay on the list keep their badge.

    Raises Refused.
    """
    registration = lock_registration(registration)
    permissions.may_edit_registration(by, registration).require()
    wanted = [(name.strip(), position.strip()) for name, position in attendees if name.strip()]
    if len(set(wanted)) < len(wanted):
        raise Refused(Reason.DOUBLE_ATTENDEE)
    write_attendees({registration: wanted})
    return list(registration.attendees.order_by("pk"))


@transaction.atomic
def set_availability(
    *, registration: Registration, absent: Collection[int], by: User, at: datetime
) -> Registration:
    """Say in which slots (by id) an organisation cannot meet; it is there in all others.

    Raises Refused.
    """
    registration = lock_registration(registration)
    permissions.may_edit_registration(by, registration).require()
    slots = set(registration.fair.slots.filter(is_break=False).values_list("pk", flat=True))
    if not set(absent) <= slots:
        raise Refused(Reason.OTHER_FAIR)
    if write_absences({registration: set(absent)}):
        announce(AvailabilityChanged(registration.pk, at))
    return registration


@transaction.atomic
def approve(*, registrations: Iterable[Registration], by: User, at: datetime) -> list[Registration]:
    """Let organisations in, all or none, and tell them.

    Raises Refused for the first that cannot be let in; its id is in the details.
    """
    locked = lock_registrations(registrations)
    for registration in locked:
        verdict = permissions.may_answer(by, registration, RegistrationStage.APPROVED)
        if verdict.reason:
            raise Refused(verdict.reason, registration=registration.pk)
        registration.stage, registration.refusal_reason = RegistrationStage.APPROVED, ""
        registration.answered_by, registration.answered_at = by, at
        registration.save()
    if locked:
        announce(RegistrationsAnswered(tuple(r.pk for r in locked), at))
    for registration in locked:
        _tell(registration, at)
    return locked


@transaction.atomic
def let_in_at_desk(
    *, fair: Fair, organisation: Organisation, by: User, at: datetime
) -> Registration:
    """Let a small firm that stands at the desk come to the fair, registered or not. Raises Refused."""
    permissions.may_run_desk(by, fair).require()
    in_turn("registration", fair.pk, organisation.pk)
    known = fair.registrations.filter(organisation=organisation).first()
    registration = (
        lock_registration(known)
        if known
        else Registration(
            fair=fair, organisation=organisation, side=Side.SUPPLY, applied_by=by, applied_at=at
        )
    )
    if registration.stage == RegistrationStage.APPROVED:
        return registration
    registration.stage, registration.refusal_reason = RegistrationStage.APPROVED, ""
    registration.answered_by, registration.answered_at = by, at
    registration.save()
    announce(RegistrationsAnswered((registration.pk,), at))
    _tell(registration, at)
    return registration


@transaction.atomic
def refuse(*, registration: Registration, reason: str, by: User, at: datetime) -> Registration:
    """Refuse a registration, with a reason that its people read. Raises Refused."""
    registration = lock_registration(registration)
    permissions.may_answer(by, registration, RegistrationStage.REFUSED).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    registration.stage = RegistrationStage.REFUSED
    registration.refusal_reason = reason.strip()
    registration.answered_by, registration.answered_at = by, at
    registration.save()
    announce(RegistrationsAnswered((registration.pk,), at))
    _tell(registration, at)
    return registration


@transaction.atomic
def withdraw(*, registration: Registration, by: User, at: datetime) -> Registration:
    """Say that an organisation does not come after all. Raises Refused."""
    registration = lock_registration(registration)
    permissions.may_withdraw(by, registration).require()
    registration.stage = RegistrationStage.WITHDRAWN
    registration.save()
    announce(RegistrationWithdrawn(registration.pk, at))
    return registration


def write_attendees(wanted: dict[Registration, Sequence[tuple[str, str]]]) -> int:
    """Make the lists of who comes what they should be; returns how many lines are different."""
    known = {
        (attendee.registration_id, attendee.name, attendee.position): attendee.pk
        for attendee in Attendee.objects.filter(registration__in=wanted)
    }
    lines = {(r.pk, *line): r for r, listed in wanted.items() for line in listed}
    gone = [pk for key, pk in known.items() if key not in lines]
    new = [
        Attendee(registration=registration, name=key[1], position=key[2])
        for key, registration in lines.items()
        if key not in known
    ]
    Attendee.objects.filter(pk__in=gone).delete()
    Attendee.objects.bulk_create(new)
    return len(gone) + len(new)


def write_absences(wanted: dict[Registration, set[int]]) -> int:
    """Make the slots without each registration what they should be; returns how many changed."""
    known = {
        (absence.registration_id, absence.slot_id): absence.pk
        for absence in Absence.objects.filter(registration__in=wanted)
    }
    keys = {(r.pk, slot) for r, slots in wanted.items() for slot in slots}
    gone = [pk for key, pk in known.items() if key not in keys]
    new = [Absence(registration_id=r, slot_id=s) for r, s in sorted(keys - known.keys())]
    Absence.objects.filter(pk__in=gone).delete()
    Absence.objects.bulk_create(new)
    return len(gone) + len(new)


def _set(registration: Registration, values: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(registration, name, values[name])


def _tell(registration: Registration, at: datetime) -> None:
    tell(
        recipients=people_of(registration.organisation),
        kind=fair_answered,
        facts={
            "fair": registration.fair.name,
            "stage": str(registration.stage),
            "reason": registration.refusal_reason,
        },
        url=f"/fairs/{registration.fair_id}/",
        at=at,
    )
