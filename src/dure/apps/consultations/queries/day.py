"""What the pages of the day read: agendas, calendar addresses, the hall, the seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import OuterRef, Q, QuerySet, Subquery

from dure.apps.briefings.models import BriefingSeat
from dure.apps.consultations.models import CheckIn, ConsultationRecord, WalkIn
from dure.apps.consultations.roles import READERS
from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Attendee, Fair, Meeting, Pair, Registration, Slot, Timetable
from dure.apps.fairs.queries import fairs_on_duty, meetings_of, with_details
from dure.apps.fairs.queries.wishes import wanted_pairs
from dure.apps.fairs.stages import FAIR_SHOWN, FairStage, RegistrationStage, TimetableStage
from dure.apps.people.models import MembershipStage, User
from dure.apps.people.queries import Reader, roles_of

# A meeting can still begin when its slot has run for so long.
LATE = timedelta(minutes=5)

BADGE = Signer(salt="consultations.badge")
FEED = Signer(salt="consultations.feed", sep=".")
SCREEN = Signer(salt="consultations.screen", sep=".")


def agendas_visible_to(user: Reader) -> QuerySet[Registration]:
    """The registrations whose agenda one may read: all for staff, those of its fair for the desk,
    one's own for others.
    """
    roles = roles_of(user)
    registrations = Registration.objects.select_related("organisation", "fair")
    if roles.holds(READERS):
        return registrations
    return registrations.filter(
        Q(organisation__in=roles.organisations) | Q(fair__in=fairs_on_duty(user))
    )


def calendar_of(registration: Registration) -> list[Meeting]:
    """The released meetings of one registration by time, then those that were given free and not
    placed again. All that a calendar needs to know, in one query.
    """
    meetings = (
        with_details(_released(registration))
        .select_related("timetable")
        .order_by("slot__starts_at", "freed_at", "pk")
    )
    rows = list(meetings)
    held = {meeting.pair_id: meeting for meeting in rows if meeting.freed_at is None}
    freed = {meeting.pair_id: meeting for meeting in rows if meeting.pair_id not in held}
    return [*held.values(), *freed.values()]


def seats_of(registration: Registration) -> list[BriefingSeat]:
    """The seats that people of a registration's organisation have in briefing sessions, by time.

    Ask for the reader's right to the registration before.
    """
    seats = BriefingSeat.objects.filter(
        briefing__fair=registration.fair_id,
        holder__memberships__organisation=registration.organisation_id,
        holder__memberships__stage=MembershipStage.ACTIVE,
    ).select_related("briefing__hall", "holder")
    return list(seats.order_by("briefing__starts_at", "briefing", "pk"))


def slots_of(fair: Fair) -> QuerySet[Slot]:
    """The slots and breaks of a fair, by time."""
    return fair.slots.order_by("starts_at", "pk")


def attendees_of(registration: Registration) -> QuerySet[Attendee]:
    """Who comes for a registration."""
    return registration.attendees.order_by("name", "pk")


def feed_of(registration: Registration) -> str:
    """The secret part of the address of a registration's calendar feed."""
    return FEED.sign(f"{registration.pk}-{registration.feed_number}")


def registration_of_feed(token: str) -> Registration | None:
    """Whose feed it is; nobody's when the address was renewed since."""
    try:
        pk, _sep, number = FEED.unsign(token).partition("-")
    except BadSignature:
        return None
    return (
        Registration.objects.select_related("organisation", "fair")
        .filter(pk=pk, feed_number=number)
        .first()
    )


def screen_of(fair: Fair) -> str:
    """The secret part of the address of a fair's hall screen, which nobody has to sign in for."""
    return SCREEN.sign(str(fair.pk))


def fair_of_screen(token: str) -> Fair | None:
    """The fair that a hall screen shows, from the release of the timetable until it is closed."""
    try:
        pk = SCREEN.unsign(token)
    except BadSignature:
        return None
    return Fair.objects.filter(
        pk=pk, stage__in=(FairStage.RELEASED, FairStage.HELD, FairStage.CLOSED)
    ).first()


@dataclass(frozen=True, slots=True)
class PairToPlace:
    """A pair that could be given a place; `weight` is 0 when only the desk knows of it."""

    pair_id: int
    demand_id: int
    supply_id: int
    weight: int
    is_waiting: bool


def slots_to_come(fair: Fair, at: datetime) -> set[int]:
    """The slots, by id, in which a meeting can still begin."""
    rows = fair.slots.filter(is_break=False, starts_at__gt=at - LATE)
    return set(rows.values_list("pk", flat=True))


def people_of_pair(pair: Pair) -> QuerySet[User]:
    """The active people of both organisations of a pair."""
    return _people({pair.demand.organisation_id, pair.supply.organisation_id})


def organisations_here(fair: Fair, on: date) -> set[int]:
    """The registrations of which somebody was checked in on a day."""
    came = CheckIn.objects.filter(attendee__registration__fair=fair, on=on)
    return set(came.values_list("attendee__registration", flat=True))


def freed_meetings(fair: Fair) -> QuerySet[Meeting]:
    """The places of the released timetable that were given free, the newest first."""
    freed = Meeting.objects.filter(
        timetable__fair=fair, timetable__stage=TimetableStage.RELEASED, freed_at__isnull=False
    )
    return with_details(freed).select_related("timetable").order_by("-freed_at", "-pk")


def is_taken(freed: Meeting) -> bool:
    """True when another meeting stands by now where a freed one stood."""
    there = Meeting.objects.filter(
        timetable=freed.timetable_id, slot=freed.slot_id, table=freed.table_id
    )
    return there.filter(freed_at__isnull=True).exists()


def pairs_to_fill_with(fair: Fair) -> list[PairToPlace]:
    """The pairs that want to meet or wait at the desk, and of which nobody wrote a record yet."""
    waiting = set(
        WalkIn.objects.filter(fair=fair, stage=WalkInStage.WAITING).values_list(
            "pair", "pair__demand", "pair__supply"
        )
    )
    wanted = {(p.pair_id, p.demand_id, p.supply_id): p.weight for p in wanted_pairs(fair)}
    recorded = set(
        ConsultationRecord.objects.filter(pair__fair=fair).values_list("pair", flat=True)
    )
    return [
        PairToPlace(*key, weight=wanted.get(key, 0), is_waiting=key in waiting)
        for key in sorted(wanted.keys() | waiting)
        if key[0] not in recorded
    ]


def pairs_by_id(ids: Iterable[int]) -> dict[int, Pair]:
    """Pairs with both organisations and what they would talk about."""
    pairs = Pair.objects.select_related(
        "demand__organisation", "supply__organisation", "need", "technology", "fair"
    )
    return pairs.defer("need__search", "technology__search").in_bulk(list(ids))


def to_choose_at_desk(fair: Fair) -> QuerySet[Registration]:
    """The approved registrations of a fair by name, for the walk-in desk."""
    return (
        Registration.objects.filter(fair=fair, stage=RegistrationStage.APPROVED)
        .select_related("organisation", "fair")
        .order_by("organisation__name", "pk")
    )


def own_fairs(user: Reader) -> list[Registration]:
    """One's own approved registrations at fairs whose timetable one sees and that are not over."""
    own = list(roles_of(user).organisations)
    return list(
        Registration.objects.filter(
            organisation__in=own,
            stage=RegistrationStage.APPROVED,
            fair__stage__in=(FairStage.RELEASED, FairStage.HELD),
        )
        .select_related("fair", "organisation")
        .order_by("fair", "organisation__name")
    )


def fairs_in_hand(user: Reader) -> list[Fair]:
    """The fairs that are held or about to be, for officers and whoever stands at their desk."""
    fairs = Fair.objects.filter(stage__in=(FairStage.RELEASED, FairStage.HELD)).order_by("pk")
    if not roles_of(user).is_officer:
        fairs = fairs.filter(desk_duties__person=user.pk)
    return list(fairs)


def _people(organisations: set[int]) -> QuerySet[User]:
    return (
        User.objects.filter(
            is_active=True,
            memberships__stage=MembershipStage.ACTIVE,
            memberships__organisation__in=organisations,
        )
        .distinct()
        .order_by("name", "pk")
    )


def badge_of(attendee: Attendee) -> str:
    """What the QR code of an attendee holds: the id, signed, so that nobody can make one up."""
    return BADGE.sign(str(attendee.pk))


def attendee_of_badge(token: str, fair: Fair) -> Attendee | None:
    """Whose badge it is, if it is one of this fair."""
    try:
        pk = BADGE.unsign(token.strip())
    except BadSignature:
        return None
    return (
        Attendee.objects.filter(pk=pk, registration__fair=fair)
        .select_related("registration__organisation", "registration__fair")
        .first()
    )


def agenda_of(registration: Registration) -> QuerySet[Meeting]:
    """The released meetings of one registration, by time, with their records; one query for a
    whole agenda.

    Ask for the reader's right to the registration before.
    """
    held = _released(registration).filter(freed_at__isnull=True)
    return with_details(held).select_related("pair__record")


def meetings_with_records(timetable: Timetable) -> QuerySet[Meeting]:
    """The meetings of one version that hold their place, by time and table, with their records.

    Ask for the reader's right before.
    """
    return meetings_of(timetable).select_related("pair__record")


def _released(registration: Registration) -> QuerySet[Meeting]:
    """The meetings of one registration that participants see, also those given free."""
    return Meeting.objects.filter(
        Q(pair__demand=registration) | Q(pair__supply=registration),
        timetable__fair=registration.fair_id,
        timetable__stage=TimetableStage.RELEASED,
        timetable__fair__stage__in=FAIR_SHOWN,
    )


def walk_ins_visible_to(user: Reader) -> QuerySet[WalkIn]:
    """Who asked at the desk, in the order of asking: for staff, and for the desk of the fair."""
    walk_ins = WalkIn.objects.select_related(
        "pair__demand__organisation",
        "pair__supply__organisation",
        "meeting__slot",
        "meeting__table",
    ).order_by("requested_at", "pk")
    if roles_of(user).holds(READERS):
        return walk_ins
    return walk_ins.filter(fair__in=fairs_on_duty(user))


def check_ins_of(fair: Fair, on: date) -> QuerySet[Attendee]:
    """Everybody expected at a fair; `came_at` says since when they are there on that day, or None.

    For staff and the desk: ask for the reader's right before.
    """
    today = CheckIn.objects.filter(attendee=OuterRef("pk"), on=on)
    return (
        Attendee.objects.filter(registration__fair=fair)
        .select_related("registration__organisation")
        .annotate(came_at=Subquery(today.values("at")[:1]))
        .order_by("registration__organisation__name", "name", "pk")
    )
