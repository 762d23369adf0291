"""Who is who, and who sees whom."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dure.apps.people.models import (
    Appointment,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    Role,
    User,
)

Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on the platform: roles held, organisations belonged to and managed."""

    roles: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    managed: frozenset[int] = frozenset()
    verified: frozenset[int] = frozenset()

    @property
    def is_officer(self) -> bool:
        """True for those who run programmes."""
        return bool(self.roles & {Role.OFFICER, Role.ADMINISTRATOR})

    @property
    def is_staff(self) -> bool:
        """True for those who may read everything: officers, centres, auditors, administrators."""
        return bool(
            self.roles & {Role.OFFICER, Role.CENTRE_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}
        )

    @property
    def is_member(self) -> bool:
        """True for staff and for people of a verified organisation."""
        return bool(self.roles or self.verified)


NOBODY = Standing()


def standing_of(user: Reader) -> Standing:
    """The standing of `user`; asked of the database once per user object (one request)."""
    if not user.is_authenticated:
        return NOBODY
    known = getattr(user, "_standing", None)
    if known is None:
        memberships = list(
            Membership.objects.filter(user=user, stage=MembershipStage.ACTIVE).values_list(
                "organisation_id", "role", "organisation__verified_at"
            )
        )
        known = Standing(
            roles=frozenset(Appointment.objects.filter(user=user).values_list("role", flat=True)),
            organisations=frozenset(pk for pk, _, _ in memberships),
            managed=frozenset(pk for pk, role, _ in memberships if role == MembershipRole.MANAGER),
            verified=frozenset(pk for pk, _, verified_at in memberships if verified_at),
        )
        user._standing = known  # noqa: SLF001 -- lives exactly as long as the request's user
    return known


def organisations_visible_to(user: Reader) -> QuerySet[Organisation]:
    """Verified organisations for everybody, the others for their people and staff."""
    standing = standing_of(user)
    organisations = Organisation.objects.select_related("group")
    if standing.is_staff:
        return organisations
    verified = organisations.filter(verified_at__isnull=False)
    return verified | organisations.filter(pk__in=standing.organisations)


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """The organisations that `user` belongs to."""
    return Organisation.objects.filter(pk__in=standing_of(user).organisations).order_by("name")


def memberships_visible_to(user: Reader) -> QuerySet[Membership]:
    """One's own, those of organisations one manages, and all for staff."""
    standing = standing_of(user)
    memberships = Membership.objects.select_related("user", "organisation")
    if standing.is_staff:
        return memberships
    if not user.is_authenticated:
        return memberships.none()
    return memberships.filter(user=user) | memberships.filter(organisation__in=standing.managed)


def people_of(organisation: Organisation) -> QuerySet[User]:
    """The active people of an organisation."""
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__stage=MembershipStage.ACTIVE,
        is_active=True,
    ).order_by("pk")


def holders_of(*roles: Role) -> QuerySet[User]:
    """The active people who hold one of the roles."""
    return User.objects.filter(appointments__role__in=roles, is_active=True).distinct()
