"""Who is who, and who sees whom."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pghistory.models
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    CASCADE,
    Count,
    Exists,
    ForeignObjectRel,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from dure.apps.people.models import (
    DEMAND_KINDS,
    AccessToken,
    Appointment,
    CompanyGroup,
    Consent,
    LegalDocument,
    Mandate,
    MandateKind,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    OrganisationKind,
    ProfileEntry,
    SignInPlace,
    User,
)
from dure.apps.people.roles import MEMBERS, OFFICE, READERS, Role, RoleChoices
from dure.foundation import legal
from dure.foundation.legal import LegalText
from dure.foundation.parsing import whole_number
from dure.foundation.sheets import bare, digits_and_dashes
from dure.values.ids import business_number

Reader = User | AnonymousUser
SIZES = {
    OrganisationKind.LARGE: "large",
    OrganisationKind.MID_SIZE: "mid",
    OrganisationKind.PUBLIC: "public",
    OrganisationKind.SME: "small",
    OrganisationKind.STARTUP: "small",
    OrganisationKind.UNIVERSITY: "university",
    OrganisationKind.INSTITUTE: "institute",
}
"""What the rules of programmes call an organisation of a kind; agencies and others are nothing."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What a person is on the platform: roles held, organisations belonged to and managed."""

    roles: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    managed: frozenset[int] = frozenset()
    verified: frozenset[int] = frozenset()

    def holds(self, roles: Iterable[str]) -> bool:
        """True for those who have one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_officer(self) -> bool:
        """True for those who run programmes."""
        return self.holds(OFFICE)

    @property
    def is_member(self) -> bool:
        """True for people of a verified organisation and those who run or examine the platform."""
        return bool(self.verified) or self.holds(MEMBERS)


NOBODY = Roles()


def roles_of(user: Reader) -> Roles:
    """The roles of `user`; asked of the database once per user object (one request)."""
    if not user.is_authenticated:
        return NOBODY
    known = getattr(user, "_roles", None)
    if known is None:
        memberships = list(
            Membership.objects.filter(user=user, stage=MembershipStage.ACTIVE).values_list(
                "organisation_id", "role", "organisation__verified_at"
            )
        )
        known = Roles(
            roles=frozenset(Appointment.objects.filter(user=user).values_list("role", flat=True)),
            organisations=frozenset(pk for pk, _, _ in memberships),
            managed=frozenset(pk for pk, role, _ in memberships if role == MembershipRole.MANAGER),
            verified=frozenset(pk for pk, _, verified_at in memberships if verified_at),
        )
        user._roles = known  # noqa: SLF001 -- lives exactly as long as the request's user
    return known


def is_office(user: Reader) -> bool:
    """True for those who run programmes (`Roles.is_officer`)."""
    return roles_of(user).is_officer


def organisations_visible_to(user: Reader) -> QuerySet[Organisation]:
    """Verified organisations for everybody, the others for their people and `roles.READERS`."""
    roles = roles_of(user)
    organisations = Organisation.objects.select_related("group")
    if roles.holds(READERS):
        return organisations
    verified = organisations.filter(verified_at__isnull=False)
    return verified | organisations.filter(pk__in=roles.organisations)


def organisations_called(text: str, user: Reader) -> list[Organisation]:
    """The organisations with this business number or this very name, the mark of its form aside."""
    seen = organisations_visible_to(user)
    if number := business_number(digits_and_dashes(text)):
        return list(seen.filter(business_number=number))
    named = seen.filter(Q(name__icontains=text) | Q(name_en__icontains=text))[:50]
    return [
        organisation
        for organisation in named
        if bare(text) in (bare(organisation.name), bare(organisation.name_en))
    ]


def narrowed(
    organisations: QuerySet[Organisation],
    *,
    words: str = "",
    kinds: Collection[str] = (),
    regions: Collection[str] = (),
    group: str = "",
    is_verified: bool | None = None,
) -> QuerySet[Organisation]:
    """Those of the organisations that a reader asks for; what is empty narrows nothing.

    `words` are a part of the name in either language, or the first digits of the number.
    """
    wanted = Q()
    if words:
        digits = words.replace("-", "").replace(" ", "")
        wanted = Q(name__icontains=words) | Q(name_en__icontains=words)
        wanted |= Q(business_number__startswith=digits) if whole_number(digits) is not None else Q()
    wanted &= Q(kind__in=kinds) if kinds else Q()
    wanted &= Q(region__in=regions) if regions else Q()
    wanted &= Q(group__name=group) if group else Q()
    wanted &= Q() if is_verified is None else Q(verified_at__isnull=not is_verified)
    return organisations.filter(wanted)


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """The organisations that `user` belongs to."""
    return Organisation.objects.filter(pk__in=roles_of(user).organisations).order_by("name")


def organisations_acted_for(user: Reader) -> QuerySet[Organisation]:
    """The organisations in whose name `user` can enter something: all for officers, by name."""
    if roles_of(user).is_officer:
        return organisations_visible_to(user).order_by("name")
    return organisations_of(user)


def organisations_managed_by(user: Reader) -> QuerySet[Organisation]:
    """The organisations for which `user` can sign."""
    return Organisation.objects.filter(pk__in=roles_of(user).managed).order_by("name")


def colleagues_of(user: Reader) -> QuerySet[User]:
    """The active people of the organisations that `user` manages."""
    return (
        User.objects.filter(
            memberships__organisation__in=roles_of(user).managed,
            memberships__stage=MembershipStage.ACTIVE,
            is_active=True,
        )
        .distinct()
        .order_by("pk")
    )


def memberships_visible_to(user: Reader) -> QuerySet[Membership]:
    """One's own, those of organisations one manages, and all for `roles.READERS`."""
    roles = roles_of(user)
    memberships = Membership.objects.select_related("user", "organisation")
    if roles.holds(READERS):
        return memberships
    if not user.is_authenticated:
        return memberships.none()
    return memberships.filter(user=user) | memberships.filter(organisation__in=roles.managed)


def people_of(organisation: Organisation) -> QuerySet[User]:
    """The active people of an organisation."""
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__stage=MembershipStage.ACTIVE,
        is_active=True,
    ).order_by("pk")


def people_in_any(organisations: Collection[int] | QuerySet[Any]) -> QuerySet[User]:
    """The active people of some organisations, by their ids or as a query of them."""
    members = Membership.objects.filter(
        organisation__in=organisations, stage=MembershipStage.ACTIVE
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk")


def holders_of(*roles: RoleChoices) -> QuerySet[User]:
    """The active people who hold one of the roles."""
    return User.objects.filter(appointments__role__in=roles, is_active=True).distinct()


def holders_by_role() -> dict[str, int]:
    """How many active people hold each role: for administrators."""
    held = Appointment.objects.filter(user__is_active=True).values_list("role")
    return dict(held.annotate(Count("pk")).order_by("role"))


def organisations_to_verify(user: Reader) -> QuerySet[Organisation]:
    """Unverified organisations that an officer can verify, oldest first; each says since when."""
    if not roles_of(user).is_officer:
        return Organisation.objects.none()
    return (
        Organisation.objects.filter(verified_at__isnull=True)
        .filter(Q(business_number__isnull=False) | ~Q(other_id=""))
        .select_related("group")
        .annotate(waiting_since=Min("memberships__requested_at"))
        .order_by("pk")
    )


def joins_to_answer(user: Reader) -> QuerySet[Membership]:
    """Requests to join that `user` may answer, oldest first."""
    roles = roles_of(user)
    asked = Membership.objects.filter(stage=MembershipStage.REQUESTED).select_related(
        "user", "organisation"
    )
    if not roles.is_officer:
        asked = asked.filter(organisation__in=roles.managed)
    return asked.order_by("requested_at", "pk")


def membership_in(organisation: Organisation, user: Reader) -> Membership | None:
    """What `user` is, or was, in an organisation."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(organisation=organisation, user=user).first()


def organisations_to_join() -> QuerySet[Organisation]:
    """Every organisation: a number that is taken leads to it even before it is verified."""
    return Organisation.objects.all()


def memberships_of(user: User) -> QuerySet[Membership]:
    """One's own memberships and open requests."""
    return (
        Membership.objects.filter(user=user)
        .exclude(stage=MembershipStage.ENDED)
        .select_related("organisation__group")
        .order_by("organisation__name", "pk")
    )


def people_in(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody in an organisation and everybody who asked; ask for the reader's right before."""
    return (
        Membership.objects.filter(organisation=organisation)
        .exclude(stage=MembershipStage.ENDED)
        .select_related("user")
        .order_by("-stage", "-role", "user__name", "pk")
    )


def contacts_of(organisation: Organisation) -> QuerySet[User]:
    """The people of an organisation who said that they may be contacted."""
    named = organisation.memberships.filter(is_contact=True, stage=MembershipStage.ACTIVE)
    return User.objects.filter(pk__in=named.values("user"), is_active=True).order_by("name", "pk")


def profile_of(organisation: Organisation) -> QuerySet[ProfileEntry]:
    """What an organisation shows of itself, kind by kind, the newest first; public."""
    return organisation.profile_entries.all()


def profile_entries() -> QuerySet[ProfileEntry]:
    """All entries of profiles; public."""
    return ProfileEntry.objects.select_related("organisation")


def managers_of(organisation: Organisation) -> QuerySet[User]:
    """The active managers of an organisation."""
    return people_of(organisation).filter(
        memberships__organisation=organisation, memberships__role=MembershipRole.MANAGER
    )


def demand_organisations() -> QuerySet[Organisation]:
    """Verified large and mid-size firms and public bodies; public."""
    return Organisation.objects.filter(kind__in=DEMAND_KINDS, verified_at__isnull=False)


def centres_to_name() -> QuerySet[Organisation]:
    """Verified innovation centres; public."""
    return Organisation.objects.filter(
        kind=OrganisationKind.CENTRE, verified_at__isnull=False
    ).order_by("name")


def organisation_with_number(number: str) -> Organisation | None:
    """The organisation that holds a business registration number, whoever asks.

    Only its being there is told to strangers, so that nobody registers it a second time.
    """
    return Organisation.objects.filter(business_number=number).first()


def group_names() -> QuerySet[CompanyGroup]:
    """The groups of companies, for a list to choose from."""
    return CompanyGroup.objects.order_by("name")


def administers_roles(user: Reader) -> bool:
    """True for those who give and take roles."""
    return roles_of(user).holds([Role.ADMINISTRATOR])


def people_visible_to(user: Reader) -> QuerySet[User]:
    """All people, with their roles, for administrators; nobody for others."""
    if not administers_roles(user):
        return User.objects.none()
    appointments = Appointment.objects.select_related("appointed_by").order_by("role")
    return (
        User.objects.filter(is_active=True)
        .annotate(role_count=Count("appointments"))
        .prefetch_related(
            Prefetch("appointments", appointments),
            Prefetch(
                "memberships",
                Membership.objects.filter(stage=MembershipStage.ACTIVE).select_related(
                    "organisation"
                ),
            ),
        )
        .order_by("-role_count", "name", "email")
    )


def appointments_visible_to(user: Reader) -> QuerySet[Appointment]:
    """All appointments for administrators, one's own for everybody else."""
    appointments = Appointment.objects.select_related("user", "appointed_by").order_by("role", "pk")
    if administers_roles(user):
        return appointments
    return appointments.filter(user=user) if user.is_authenticated else appointments.none()


def tokens_of(user: User) -> QuerySet[AccessToken]:
    """One's own keys for the API, newest first."""
    return AccessToken.objects.filter(user=user).order_by("-created_at", "-pk")


def place_digest(address: str) -> str:
    """What is kept of an address: enough to know it again, with our key only."""
    return salted_hmac("dure.people.sign_in_place", address, algorithm="sha256").hexdigest()


def has_signed_in_from(email: str, address_digest: str) -> bool:
    """True when the owner of an e-mail address has signed in from this place before."""
    return SignInPlace.objects.filter(
        user__email__iexact=email, address_digest=address_digest
    ).exists()


def has_second_factor(user: User) -> bool:
    """True when signing in takes more than the password."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def readers_of_digest() -> QuerySet[User]:
    """Everybody who wants the daily e-mail."""
    return User.objects.filter(is_active=True, wants_digest=True).order_by("pk")


def legal_text(document: str, on: date) -> LegalText:
    """The version of a legal text that applies on a day."""
    return legal.current(document, on, _legal_folder())


def legal_versions(document: str) -> tuple[LegalText, ...]:
    """All versions of a legal text, the newest first."""
    return legal.versions(document, _legal_folder())


def consents_of(user: User) -> QuerySet[Consent]:
    """What somebody agreed to, the newest first."""
    return Consent.objects.filter(user=user).order_by("-given_at", "document")


def texts_to_agree_to(user: Reader, on: date) -> list[LegalText]:
    """The texts that apply on a day and that somebody has not agreed to yet."""
    if not user.is_authenticated:
        return []
    given = set(Consent.objects.filter(user=user).values_list("document", "version"))
    texts = [legal_text(document, on) for document in LegalDocument]
    return [text for text in texts if (text.code, text.version) not in given]


@dataclass(frozen=True, slots=True)
class Part:
    """Records that point to a person by `field`; `is_own` when they are about nobody else."""

    kind: str
    field: str
    is_own: bool
    rows: QuerySet[Any]


def records_about(user: User) -> Iterator[Part]:
    """Everything on the platform that points to somebody, what apps add included by itself.

    The history is left out: it repeats the records.
    """
    yield Part("people.User", "id", True, User.objects.filter(pk=user.pk))
    for relation in relations_to_people():
        model, field = relation.related_model, relation.field.name
        rows = model._base_manager.filter(**{field: user}).order_by("pk")  # noqa: SLF001
        yield Part(model._meta.label, field, relation.on_delete is CASCADE, rows)  # noqa: SLF001


def relations_to_people() -> list[ForeignObjectRel]:
    """Every foreign key to a person, without those of the history, which has no table of its own."""
    relations = [
        related_object
        for related_object in User._meta.related_objects  # noqa: SLF001 -- Django's public model API
        if related_object.related_model._meta.app_label != "pghistory"  # noqa: SLF001
    ]
    return [
        relation
        for relation in relations
        if not issubclass(relation.related_model, pghistory.models.Event)
    ]


def only_manager_of(user: User) -> QuerySet[Organisation]:
    """Organisations that need `user`: nobody else manages them, and they are verified or have
    other people."""
    active = Membership.objects.filter(stage=MembershipStage.ACTIVE, organisation=OuterRef("pk"))
    others = active.exclude(user=user)
    return organisations_managed_by(user).filter(
        ~Exists(others.filter(role=MembershipRole.MANAGER)),
        Q(verified_at__isnull=False) | Exists(others),
    )


def is_last_administrator(user: User) -> bool:
    """True when nobody else could give and take roles."""
    administrators = holders_of(Role.ADMINISTRATOR)
    return administrators.filter(pk=user.pk).exists() and administrators.count() == 1


def _legal_folder() -> Path:
    return Path(settings.DURE_LEGAL) if settings.DURE_LEGAL else legal.FOLDER


def membership_by_id(pk: int) -> Membership:
    """A membership with its person and organisation: for those who listen to events."""
    return Membership.objects.select_related("user", "organisation").get(pk=pk)


def organisation_by_id(pk: int) -> Organisation:
    """An organisation: for those who listen to events."""
    return Organisation.objects.get(pk=pk)


SIGNING = (MandateKind.SIGNATORY, MandateKind.DELEGATE)


def mandates_in_force(on: date) -> QuerySet[Mandate]:
    """The mandates that hold on a day: of active people, and to sign only of those who belong there."""
    belongs = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("organisation"), stage=MembershipStage.ACTIVE
    )
    return Mandate.objects.filter(
        Q(kind=MandateKind.BOOKKEEPER) | Exists(belongs),
        Q(last_on__isnull=True) | Q(last_on__gte=on),
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        first_on__lte=on,
        user__is_active=True,
    )


def mandates_visible_to(user: Reader) -> QuerySet[Mandate]:
    """One's own, those of organisations one manages, and all for `roles.READERS`."""
    roles = roles_of(user)
    mandates = Mandate.objects.select_related("user", "organisation", "created_by", "ended_by")
    if roles.holds(READERS):
        return mandates
    if not user.is_authenticated:
        return mandates.none()
    return mandates.filter(Q(user=user) | Q(organisation__in=roles.managed))


def has_signatory(organisation: Organisation, on: date) -> bool:
    """True where an authorised signatory is named for a day; else its managers sign."""
    mandates = mandates_in_force(on).filter(organisation=organisation)
    return mandates.filter(kind=MandateKind.SIGNATORY).exists()


def signatories_of(organisation: Organisation, on: date) -> QuerySet[User]:
    """Who may sign for an organisation on a day: signatories and delegates.

    Its managers where no signatory is named for that day. Ask them for a signature.
    """
    if not has_signatory(organisation, on):
        return managers_of(organisation)
    named = mandates_in_force(on).filter(organisation=organisation, kind__in=SIGNING)
    return User.objects.filter(pk__in=named.values("user")).order_by("pk")


def bookkeepers_of(organisation: Organisation, on: date) -> QuerySet[User]:
    """Who sees only the money of an organisation on a day."""
    named = mandates_in_force(on).filter(organisation=organisation, kind=MandateKind.BOOKKEEPER)
    return User.objects.filter(pk__in=named.values("user")).order_by("pk")


def keeps_books_of(user: Reader, on: date) -> QuerySet[Organisation]:
    """The organisations whose money `user` sees as a bookkeeper on a day."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    named = mandates_in_force(on).filter(user=user, kind=MandateKind.BOOKKEEPER)
    return Organisation.objects.filter(pk__in=named.values("organisation")).order_by("name")


def own_mandates(user: User, on: date) -> QuerySet[Mandate]:
    """What `user` may do for organisations from a day on, for the account page."""
    return (
        Mandate.objects.filter(user=user, ended_on__isnull=True)
        .filter(Q(last_on__isnull=True) | Q(last_on__gte=on))
        .select_related("organisation")
        .order_by("first_on", "pk")
    )


def person_with_email(email: str) -> User | None:
    """The active person with an address: for whoever names them for an organisation."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def mandate_by_id(pk: int) -> Mandate:
    """A mandate with its person and organisation: for those who listen to events."""
    return Mandate.objects.select_related("user", "organisation").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Belonging:
    """That somebody belongs or belonged to an organisation; `ended_on` is None while they do."""

    user_id: int
    organisation_id: int
    requested_on: date
    ended_on: date | None


def belongings_of(people: Collection[int], organisations: Collection[int]) -> list[Belonging]:
    """Who of these people, and who in these organisations, belongs or once belonged to which."""
    memberships = Membership.objects.filter(Q(user__in=people) | Q(organisation__in=organisations))
    ended = {
        event["pgh_obj"]: localdate(event["at"])
        for event in Membership.events.rel.related_model.objects.filter(
            pgh_obj__in=memberships.filter(stage=MembershipStage.ENDED), stage=MembershipStage.ENDED
        )
        .values("pgh_obj")
        .annotate(at=Min("pgh_created_at"))
    }
    return [
        Belonging(
            membership.user_id,
            membership.organisation_id,
            localdate(membership.requested_at),
            ended.get(membership.pk),
        )
        for membership in memberships.exclude(stage=MembershipStage.REQUESTED).order_by("pk")
    ]


def groups_of(organisations: Collection[int]) -> list[tuple[int, int]]:
    """The groups of those organisations that belong to one."""
    grouped = Organisation.objects.filter(pk__in=organisations, group__isnull=False)
    return list(grouped.order_by("pk").values_list("pk", "group_id"))


def traits_of_organisations() -> dict[int, dict[str, str]]:
    """Region and size of every organisation as they are now: for figures, not for pages."""
    traits = Organisation.objects.values_list("pk", "region", "kind")
    return {
        pk: {"region": region, "size": SIZES.get(OrganisationKind(kind), "")}
        for pk, region, kind in traits.iterator()
    }
