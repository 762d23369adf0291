"""Everything that changes organisations, memberships, roles and access tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from dure.apps.people import permissions
from dure.apps.people.models import (
    AccessToken,
    Appointment,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    Role,
    User,
)
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import Refused

TOKEN_DAYS = 365


@transaction.atomic
def register_organisation(*, values: dict[str, Any], by: User) -> Organisation:
    """Enter an organisation; whoever enters it manages it. Raises Refused.

    It stays unverified, and so without rights, until an officer has looked at it.
    """
    number = values.get("business_number")
    if number and Organisation.objects.filter(business_number=number).exists():
        raise Refused(Reason.BUSINESS_NUMBER_TAKEN)
    organisation = Organisation.objects.create(**values)
    Membership.objects.create(
        user=by,
        organisation=organisation,
        role=MembershipRole.MANAGER,
        stage=MembershipStage.ACTIVE,
    )
    return organisation


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, values: dict[str, Any], by: User
) -> Organisation:
    """Change an organisation's entry. A new business number must be verified again."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_manage(by, organisation).require()
    number = values.get("business_number", organisation.business_number)
    if number != organisation.business_number:
        taken = Organisation.objects.filter(business_number=number).exclude(pk=organisation.pk)
        if number and taken.exists():
            raise Refused(Reason.BUSINESS_NUMBER_TAKEN)
        organisation.verified_at = organisation.verified_by = None
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save()
    return organisation


@transaction.atomic
def verify_organisation(*, organisation: Organisation, by: User, at: datetime) -> Organisation:
    """Say that an organisation is what its number says. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_verify(by, organisation).require()
    organisation.verified_at, organisation.verified_by = at, by
    organisation.save(update_fields=["verified_at", "verified_by"])
    return organisation


@transaction.atomic
def ask_to_join(*, organisation: Organisation, by: User) -> Membership:
    """Ask the managers of an organisation to be let in. Raises Refused."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        user=by, organisation=organisation
    )
    if not is_new and membership.stage != MembershipStage.ENDED:
        raise Refused(Reason.ALREADY_A_MEMBER)
    membership.stage, membership.role = MembershipStage.REQUESTED, MembershipRole.MEMBER
    membership.save()
    return membership


@transaction.atomic
def answer_join(*, membership: Membership, is_welcome: bool, by: User) -> Membership:
    """Let somebody in who asked, or not. Raises Refused."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    permissions.may_manage(by, membership.organisation).require()
    if membership.stage != MembershipStage.REQUESTED:
        raise Refused(Reason.NOT_REQUESTED)
    membership.stage = MembershipStage.ACTIVE if is_welcome else MembershipStage.ENDED
    membership.save(update_fields=["stage"])
    return membership


@transaction.atomic
def change_membership(*, membership: Membership, role: str, stage: str, by: User) -> Membership:
    """Make somebody a manager or a member, or end the membership. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    permissions.may_manage(by, organisation).require()
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    stays_manager = role == MembershipRole.MANAGER and stage == MembershipStage.ACTIVE
    others = Membership.objects.filter(
        organisation=organisation, role=MembershipRole.MANAGER, stage=MembershipStage.ACTIVE
    ).exclude(pk=membership.pk)
    if not stays_manager and not others.exists():
        raise Refused(Reason.LAST_MANAGER)
    membership.role, membership.stage = role, stage
    membership.save(update_fields=["role", "stage"])
    return membership


@transaction.atomic
def appoint(*, user: User, role: Role, by: User | None) -> Appointment:
    """Give a role to a person; `by` is None only when the platform is set up. Raises Refused."""
    if by is not None:
        permissions.may_appoint(by).require()
    appointment, _ = Appointment.objects.get_or_create(
        user=user, role=role, defaults={"appointed_by": by}
    )
    return appointment


@transaction.atomic
def dismiss(*, appointment: Appointment, by: User) -> None:
    """Take a role from a person. Raises Refused."""
    permissions.may_appoint(by).require()
    appointment.delete()


@transaction.atomic
def issue_token(*, name: str, by: User, at: datetime) -> tuple[AccessToken, str]:
    """Make a key for the API; the second value is the key, which nobody can read again."""
    key = f"dure_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        user=by,
        name=name,
        digest=token_digest(key),
        made_at=at,
        expires_at=at + timedelta(days=TOKEN_DAYS),
    )
    return token, key


@transaction.atomic
def revoke_token(*, token: AccessToken, by: User, at: datetime) -> None:
    """End a key; only its owner can. Raises Refused."""
    if token.user_id != by.pk:
        raise Refused(Reason.NOT_A_MANAGER)
    AccessToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)


def user_of_token(*, key: str, at: datetime) -> User | None:
    """The person whose key this is, if it is live; notes when it was used."""
    tokens = AccessToken.objects.select_related("user").filter(
        digest=token_digest(key), revoked_at__isnull=True, expires_at__gt=at, user__is_active=True
    )
    token = tokens.first()
    if token is None:
        return None
    if token.used_at is None or at - token.used_at > timedelta(minutes=5):
        AccessToken.objects.filter(pk=token.pk).update(used_at=at)
    return token.user


def token_digest(key: str) -> str:
    """What is kept of a key: enough to know it again, nothing to use it."""
    return hashlib.sha256(key.encode()).hexdigest()
