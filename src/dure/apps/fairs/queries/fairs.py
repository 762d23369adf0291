"""Fairs, who is registered, and who stands at the desk."""

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from dure.apps.fairs.models import (
    Absence,
    DeskDuty,
    Fair,
    Level,
    Meeting,
    Origin,
    Registration,
    Side,
    Slot,
    Table,
    Wish,
)
from dure.apps.fairs.roles import READERS
from dure.apps.fairs.stages import REGISTRATION_LIVE, FairStage, RegistrationStage, TimetableStage
from dure.apps.people.models import MembershipStage, Organisation, User
from dure.apps.people.queries import Reader, roles_of


def fairs_visible_to(user: Reader) -> QuerySet[Fair]:
    """All for staff; others, who belong to an organisation or the desk, all but drafts.

    Each says `starts_at` and `ends_at`, the ends of its slots, or None without slots. The latest
    fair comes first.
    """
    roles = roles_of(user)
    fairs = Fair.objects.select_related("organiser")
    if not roles.holds(READERS):
        fairs = fairs.exclude(stage=FairStage.DRAFT)
        if not (roles.is_member or roles.organisations):
            on_duty = DeskDuty.objects.filter(person=user.pk).values("fair")
            fairs = fairs.filter(pk__in=on_duty)
    return _with_ends(fairs)


def announced_fairs() -> QuerySet[Fair]:
    """The fairs that everybody may know of, with their ends as above; the latest comes first."""
    hidden = (FairStage.DRAFT, FairStage.CANCELLED)
    return _with_ends(Fair.objects.select_related("organiser").exclude(stage__in=hidden))


def demand_organisations_at(fair: Fair) -> QuerySet[Organisation]:
    """Who comes to a fair to look for technology, by name; public once they are let in."""
    comes = fair.registrations.filter(side=Side.DEMAND, stage=RegistrationStage.APPROVED)
    return Organisation.objects.filter(pk__in=comes.values("organisation")).order_by("name", "pk")


def _with_ends(fairs: QuerySet[Fair]) -> QuerySet[Fair]:
    slots = Slot.objects.filter(fair=OuterRef("pk")).order_by().values("fair")
    return fairs.annotate(
        starts_at=Subquery(slots.annotate(first=Min("starts_at")).values("first")),
        ends_at=Subquery(slots.annotate(last=Max("ends_at")).values("last")),
    ).order_by(F("starts_at").desc(nulls_first=True), "-pk")


def silent_ones(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those who come and have said no wish of their own yet."""
    own_words = Wish.objects.filter(Q(origin=Origin.OWN) | Q(answered_at__isnull=False))
    wishes = own_words.filter(
        Q(pair__demand=OuterRef("pk"), side=Side.DEMAND)
        | Q(pair__supply=OuterRef("pk"), side=Side.SUPPLY)
    )
    return registrations.filter(~Exists(wishes), stage__in=REGISTRATION_LIVE)


def ones_without_meeting(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those who come and have no meeting in the timetable that was released."""
    meetings = Meeting.objects.filter(
        Q(pair__demand=OuterRef("pk")) | Q(pair__supply=OuterRef("pk")),
        timetable__stage=TimetableStage.RELEASED,
        holds_place=True,
    )
    return registrations.filter(~Exists(meetings), stage=RegistrationStage.APPROVED)


def with_counts(fairs: QuerySet[Fair]) -> QuerySet[Fair]:
    """Add `demand_count`, `supply_count` (approved) and `applied_count` (to be answered)."""
    registrations = Registration.objects.filter(fair=OuterRef("pk")).order_by().values("fair")

    def count(**those: str) -> Coalesce:
        counted = registrations.filter(**those).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    return fairs.annotate(
        demand_count=count(side=Side.DEMAND, stage=RegistrationStage.APPROVED),
        supply_count=count(side=Side.SUPPLY, stage=RegistrationStage.APPROVED),
        applied_count=count(stage=RegistrationStage.APPLIED),
    )


def meeting_slots(fair: Fair) -> QuerySet[Slot]:
    """The slots for meetings in the order of time; the place in it is the engine's slot number."""
    return fair.slots.filter(is_break=False).order_by("starts_at", "pk")


def tables_to_plan(fair: Fair) -> QuerySet[Table]:
    """The tables that are not kept free for walk-ins, by number."""
    return fair.tables.filter(is_spare=False).select_related("hall").order_by("number")


def registrations_visible_to(user: Reader) -> QuerySet[Registration]:
    """All for staff and, of its fair, for the desk; others see their own and the approved ones
    of the other side at fairs where their own organisation is approved.
    """
    roles = roles_of(user)
    registrations = Registration.objects.select_related("organisation", "fair").order_by(
        "organisation__name", "pk"
    )
    if roles.holds(READERS):
        return registrations
    own = Registration.objects.filter(organisation__in=roles.organisations)
    opposite = own.filter(fair=OuterRef("fair"), stage=RegistrationStage.APPROVED).exclude(
        side=OuterRef("side")
    )
    return registrations.filter(
        Q(organisation__in=roles.organisations)
        | Q(fair__in=fairs_on_duty(user))
        | Q(Exists(opposite), stage=RegistrationStage.APPROVED)
    )


def registration_of(fair: Fair, user: Reader) -> Registration | None:
    """The registration for which `user` speaks at a fair: the first that still means to come."""
    own = Registration.objects.filter(fair=fair, organisation__in=roles_of(user).organisations)
    is_live = When(stage__in=REGISTRATION_LIVE, then=0)
    return (
        own.select_related("organisation", "fair").order_by(Case(is_live, default=1), "pk").first()
    )


def people_at(fair: Fair) -> QuerySet[User]:
    """The active people of the approved organisations of a fair: whom to tell about it."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__stage=MembershipStage.ACTIVE,
            memberships__organisation__fair_registrations__fair=fair,
            memberships__organisation__fair_registrations__stage=RegistrationStage.APPROVED,
        )
        .distinct()
        .order_by("pk")
    )


def with_wish_counts(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add what each one's own side said: `musts`, `meets`, `noes`, and `open_proposals`."""
    own = (
        Wish.objects.filter(
            Q(side=Side.DEMAND, pair__demand=OuterRef("pk"))
            | Q(side=Side.SUPPLY, pair__supply=OuterRef("pk"))
        )
        .order_by()
        .annotate(one=F("side"))
        .values("one")
    )

    def count(**those: object) -> Coalesce:
        return Coalesce(Subquery(own.filter(**those).annotate(n=Count("pk")).values("n")), 0)

    return registrations.annotate(
        musts=count(level=Level.MUST),
        meets=count(level=Level.MEET, answered_at__isnull=False),
        noes=count(level=Level.NO),
        open_proposals=count(origin=Origin.PROPOSED, answered_at__isnull=True),
    )


def absences_by_time() -> QuerySet[Absence]:
    """Absences with their slots, for prefetching them with the registrations one may see."""
    return Absence.objects.select_related("slot").order_by("slot__starts_at", "pk")


def has_desk_duty(user: Reader, fair: Fair) -> bool:
    """True for those whom an officer put at the desk of this fair."""
    return user.is_authenticated and DeskDuty.objects.filter(fair=fair, person=user).exists()


def desk_duties_of(fair: Fair, user: Reader) -> QuerySet[DeskDuty]:
    """Who stands at the desk of a fair; for staff."""
    if not roles_of(user).holds(READERS):
        return DeskDuty.objects.none()
    return DeskDuty.objects.filter(fair=fair).select_related("person").order_by("person__name")


def fairs_on_duty(user: Reader) -> QuerySet[DeskDuty]:
    """The fairs, by id, at whose desk `user` stands."""
    return DeskDuty.objects.filter(person=user.pk).values("fair")
