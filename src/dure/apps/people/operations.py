"""Everything that changes organisations, memberships, roles, accounts and access tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import CASCADE, Q
from django.utils.timezone import localtime

from dure.apps.people import permissions, queries
from dure.apps.people.events import (
    AccountClosed,
    JoinAnswered,
    JoinRequested,
    MandateEnded,
    MandateGiven,
    OrganisationVerified,
)
from dure.apps.people.models import (
    AccessToken,
    Appointment,
    CompanyGroup,
    Consent,
    Mandate,
    MandateKind,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    ProfileEntry,
    SignInPlace,
    User,
)
from dure.apps.people.queries import place_digest
from dure.apps.people.reasons import Reason
from dure.apps.people.roles import Role, role_of
from dure.foundation.advisory_lock import in_turn
from dure.foundation.announce import announce
from dure.foundation.legal import LegalText
from dure.foundation.verdict import Refused

TOKEN_DAYS = 365
PLACES_KEPT = 20
MOST_PROFILE_ENTRIES = 100
# What stays of a closed account although it belongs to the person: evidence, without a name.
STAY = (Membership, Consent)
# What an officer verifies; a change of any of these must be looked at again.
IDENTITY = ("business_number", "other_id", "name", "name_en", "kind", "group_id")


@transaction.atomic
def register_organisation(*, values: dict[str, Any], by: User) -> Organisation:
    """Enter an organisation; whoever enters it manages it. Raises Refused.

    `values` are fields by name; `group` is the name of a group of companies, or empty.
    It stays unverified, and so without rights, until an officer has looked at it.
    """
    organisation = enter_organisation(values=values, by=by)
    Membership.objects.create(
        user=by,
        organisation=organisation,
        role=MembershipRole.MANAGER,
        stage=MembershipStage.ACTIVE,
    )
    return organisation


@transaction.atomic
def enter_organisation(*, values: dict[str, Any], by: User) -> Organisation:
    """Enter an organisation of which nobody is here yet, unverified; ask for the writer's right
    before. Raises Refused.
    """
    organisation = Organisation(**_with_group(values), identity_by=by)
    _require_own_numbers(organisation)
    organisation.save()
    return organisation


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, values: dict[str, Any], by: User
) -> Organisation:
    """Change an organisation's entry. A new name, number, kind or group must be verified again.

    Raises Refused.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_manage(by, organisation).require()
    before, known = _identity(organisation), (organisation.name, organisation.name_en)
    for name, value in _with_group(values).items():
        setattr(organisation, name, value)
    _require_own_numbers(organisation)
    if _identity(organisation) != before:
        if organisation.verified_at is not None:
            organisation.verified_name, organisation.verified_name_en = known
        organisation.verified_at = organisation.verified_by = None
        organisation.identity_by = by
    organisation.save()
    return organisation


@transaction.atomic
def add_profile_entry(
    *, organisation: Organisation, values: dict[str, Any], by: User, at: datetime
) -> ProfileEntry:
    """Show something more of an organisation. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_manage(by, organisation).require()
    if organisation.profile_entries.count() >= MOST_PROFILE_ENTRIES:
        raise Refused(Reason.PROFILE_FULL)
    return ProfileEntry.objects.create(
        organisation=organisation, **values, created_by=by, created_at=at
    )


@transaction.atomic
def remove_profile_entry(*, entry: ProfileEntry, by: User) -> None:
    """Show something of an organisation no more. Raises Refused."""
    permissions.may_manage(by, entry.organisation).require()
    ProfileEntry.objects.filter(pk=entry.pk).delete()


@transaction.atomic
def be_contact(*, membership: Membership, is_contact: bool, by: User) -> Membership:
    """Say of oneself whether others find one's name and address on the organisation's page.

    Raises Refused.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    permissions.may_be_contact(by, membership).require()
    membership.is_contact = is_contact
    membership.save(update_fields=["is_contact"])
    return membership


@transaction.atomic
def opt_out(*, organisation: Organisation, is_out: bool, by: User) -> Organisation:
    """Take an organisation out of matching, or back in. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_manage(by, organisation).require()
    organisation.is_opted_out = is_out
    organisation.save(update_fields=["is_opted_out"])
    return organisation


@transaction.atomic
def verify_organisation(*, organisation: Organisation, by: User, at: datetime) -> Organisation:
    """Say that an organisation is what its number says. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_verify(by, organisation).require()
    organisation.verified_at, organisation.verified_by = at, by
    organisation.verified_name = organisation.verified_name_en = ""
    organisation.save(
        update_fields=["verified_at", "verified_by", "verified_name", "verified_name_en"]
    )
    announce(OrganisationVerified(organisation.pk, at))
    return organisation


@transaction.atomic
def ask_to_join(*, organisation: Organisation, by: User, at: datetime) -> Membership:
    """Ask the managers of an organisation to be let in. Raises Refused."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        user=by, organisation=organisation
    )
    permissions.may_ask_to_join(None if is_new else membership).require()
    membership.stage, membership.role = MembershipStage.REQUESTED, MembershipRole.MEMBER
    membership.save()
    announce(JoinRequested(membership.pk, at))
    return membership


@transaction.atomic
def answer_join(*, membership: Membership, is_welcome: bool, by: User, at: datetime) -> Membership:
    """Let somebody in who asked, or not. Raises Refused."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    permissions.may_answer_join(by, membership).require()
    if membership.stage != MembershipStage.REQUESTED:
        raise Refused(Reason.NOT_REQUESTED)
    membership.stage = MembershipStage.ACTIVE if is_welcome else MembershipStage.ENDED
    membership.save(update_fields=["stage"])
    announce(JoinAnswered(membership.pk, is_welcome, at))
    return membership


@transaction.atomic
def change_membership(*, membership: Membership, role: str, stage: str, by: User) -> Membership:
    """Make somebody a manager or a member, or end the membership. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db()
    permissions.may_change_membership(by, membership, role, stage).require()
    return _set_membership(membership, role, stage)


@transaction.atomic
def leave(*, membership: Membership, by: User) -> Membership:
    """End one's own membership, or take back a request to join. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if membership.user_id != by.pk:
        raise Refused(Reason.NOT_YOURS)
    return _set_membership(membership, membership.role, MembershipStage.ENDED)


@transaction.atomic
def name_mandate(
    *,
    organisation: Organisation,
    user: User,
    kind: str,
    first_on: date,
    last_on: date | None,
    scope: str = "",
    by: User,
    at: datetime,
) -> Mandate:
    """Name a signatory, a delegate or a bookkeeper, who is told. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_name_mandates(by, organisation).require()
    if kind == MandateKind.DELEGATE and last_on is None:
        raise Refused(Reason.LAST_DAY_MISSING)
    if last_on is not None and last_on < first_on:
        raise Refused(Reason.DAYS_REVERSED)
    if last_on is not None and last_on < localtime(at).date():
        raise Refused(Reason.DAYS_PAST)
    is_outsider = not queries.people_of(organisation).filter(pk=user.pk).exists()
    if kind in queries.SIGNING and is_outsider:
        raise Refused(Reason.NOT_OF_THE_ORGANISATION)
    others = Mandate.objects.filter(
        organisation=organisation, user=user, kind=kind, ended_on__isnull=True
    ).filter(Q(last_on__isnull=True) | Q(last_on__gte=first_on))
    if last_on is not None:
        others = others.filter(first_on__lte=last_on)
    if others.exists():
        raise Refused(Reason.NAMED_ALREADY)
    mandate = Mandate.objects.create(
        organisation=organisation,
        user=user,
        kind=kind,
        scope=scope,
        first_on=first_on,
        last_on=last_on,
        created_by=by,
        created_at=at,
    )
    announce(MandateGiven(mandate.pk, at))
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, reason: str = "", by: User, at: datetime) -> Mandate:
    """End a mandate: from this day on it counts no more, what was done with it stays.

    Raises Refused.
    """
    Organisation.objects.select_for_update().get(pk=mandate.organisation_id)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    permissions.may_end_mandate(by, mandate).require()
    mandate.ended_by, mandate.ended_on, mandate.reason = by, localtime(at).date(), reason
    mandate.save(update_fields=["ended_by", "ended_on", "reason"])
    announce(MandateEnded(mandate.pk, at))
    return mandate


@transaction.atomic
def appoint(*, user: User, role: str, by: User | None) -> Appointment:
    """Give a role to a person; `by` is None only when the platform is set up. Raises Refused."""
    if by is not None:
        permissions.may_appoint(by).require()
    if role_of(role) is None:
        raise Refused(Reason.UNKNOWN_ROLE)
    appointment, _ = Appointment.objects.get_or_create(
        user=user, role=role, defaults={"appointed_by": by}
    )
    return appointment


@transaction.atomic
def dismiss(*, appointment: Appointment, by: User) -> None:
    """Take a role from a person; one administrator always stays. Raises Refused."""
    permissions.may_appoint(by).require()
    administrators = Appointment.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    if appointment.role == Role.ADMINISTRATOR and len(administrators) == 1:
        raise Refused(Reason.LAST_ADMINISTRATOR)
    appointment.delete()


@transaction.atomic
def edit_account(*, user: User, values: dict[str, Any]) -> User:
    """Change one's own name, language or wish for the daily e-mail."""
    user = User.objects.select_for_update().get(pk=user.pk)
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))
    return user


@transaction.atomic
def note_sign_in(*, user: User, address: str, at: datetime) -> None:
    """Keep from where somebody signed in, for the newest `PLACES_KEPT` places."""
    places = SignInPlace.objects.filter(user=user)
    places.update_or_create(
        user=user, address_digest=place_digest(address), defaults={"last_at": at}
    )
    newest = places.order_by("-last_at", "-pk").values("pk")[:PLACES_KEPT]
    places.exclude(pk__in=newest).delete()


def give_consents(*, user: User, texts: Iterable[LegalText], at: datetime) -> list[Consent]:
    """Keep that somebody agreed to legal texts; what they agreed to before keeps its date."""
    return [
        Consent.objects.get_or_create(
            user=user, document=text.code, version=text.version, defaults={"given_at": at}
        )[0]
        for text in texts
    ]


@transaction.atomic
def close_account(*, user: User, password: str, at: datetime) -> User:
    """Close one's own account. Raises Refused.

    What is only about the person is deleted, also from the history. What others rely on (texts,
    signatures, decisions, consents) stays and bears a number in place of the name; who signed an
    agreement stands in it as it was signed. Whoever signs in elsewhere has no password to say.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password() and not user.check_password(password):
        raise Refused(Reason.WRONG_PASSWORD)
    if queries.only_manager_of(user).exists():
        raise Refused(Reason.ONLY_MANAGER)
    if queries.is_last_administrator(user):
        raise Refused(Reason.LAST_ADMINISTRATOR)
    Membership.objects.filter(user=user).update(stage=MembershipStage.ENDED)
    for relation in queries.relations_to_people():
        model = relation.related_model
        if relation.on_delete is CASCADE and model not in STAY:
            model._base_manager.filter(**{relation.field.name: user}).delete()  # noqa: SLF001
    user.email, user.name = f"closed-{user.pk}@invalid.invalid", ""
    user.is_active, user.closed_at = False, at
    user.set_unusable_password()
    user.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_person(%s)", [user.pk])
    announce(AccountClosed(user.pk, at))
    return user


@transaction.atomic
def issue_token(*, name: str, by: User, at: datetime) -> tuple[AccessToken, str]:
    """Make a key for the API; the second value is the key, which nobody can read again."""
    key = f"dure_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        user=by,
        name=name,
        digest=token_digest(key),
        created_at=at,
        expires_at=at + timedelta(days=TOKEN_DAYS),
    )
    return token, key


@transaction.atomic
def revoke_token(*, token: AccessToken, by: User, at: datetime) -> None:
    """End a key; only its owner can. Raises Refused."""
    if token.user_id != by.pk:
        raise Refused(Reason.NOT_YOURS)
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


def _identity(organisation: Organisation) -> tuple[Any, ...]:
    return tuple(getattr(organisation, name) for name in IDENTITY)


def _with_group(values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the group of companies itself in place of its name."""
    name = values.get("group")
    if not isinstance(name, str):
        return values
    group = CompanyGroup.objects.get_or_create(name=name.strip())[0] if name.strip() else None
    return {**values, "group": group}


def _require_own_numbers(organisation: Organisation) -> None:
    others = Organisation.objects.exclude(pk=organisation.pk)
    number, other_id = organisation.business_number, organisation.other_id
    for identifier in sorted(filter(None, (number, other_id))):
        in_turn("organisation of number", identifier)
    if number and others.filter(business_number=number).exists():
        raise Refused(Reason.BUSINESS_NUMBER_TAKEN)
    if other_id and others.filter(other_id=other_id).exists():
        raise Refused(Reason.OTHER_NUMBER_TAKEN)


def _set_membership(membership: Membership, role: str, stage: str) -> Membership:
    """Write a membership whose organisation is locked, unless nobody would manage it any more."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    managers = Membership.objects.filter(
        organisation=membership.organisation_id,
        role=MembershipRole.MANAGER,
        stage=MembershipStage.ACTIVE,
    )
    stays_manager = role == MembershipRole.MANAGER and stage == MembershipStage.ACTIVE
    is_manager = managers.filter(pk=membership.pk).exists()
    if is_manager and not stays_manager and not managers.exclude(pk=membership.pk).exists():
        raise Refused(Reason.LAST_MANAGER)
    membership.role, membership.stage = role, stage
    membership.save(update_fields=["role", "stage"])
    return membership
