"""Timetables, agendas, the day and what came of it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.fairs.models import (
    Attendee,
    Briefing,
    BriefingSeat,
    CheckIn,
    ConsultationRecord,
    DeskDuty,
    Fair,
    Meeting,
    Pair,
    Registration,
    Story,
    Timetable,
    Unplaced,
    WalkIn,
)
from dure.apps.fairs.queries.fairs import fairs_visible_to
from dure.apps.fairs.stages import FAIR_SHOWN, TimetableStage
from dure.apps.people.queries import Reader, standing_of
from dure.apps.records.models import Nda
from dure.apps.records.queries import ndas_visible_to

# What a page about a meeting names: both organisations, the subject, the time and the table.
OF_MEETING = (
    "pair__demand__organisation",
    "pair__supply__organisation",
    "pair__need",
    "pair__technology",
    "pair__record",
    "slot",
    "table__hall",
)


def timetables_visible_to(user: Reader) -> QuerySet[Timetable]:
    """Every version for staff, the newest first; others see none, but meetings of their own."""
    if not standing_of(user).is_staff:
        return Timetable.objects.none()
    return (
        Timetable.objects.select_related("fair", "made_by", "base")
        .annotate(meeting_count=_count(Meeting), unplaced_count=_count(Unplaced))
        .order_by("fair", "-number")
    )


def draft_timetable(fair: Fair) -> Timetable | None:
    """The version that officers work on, if there is one; for officers and jobs."""
    return Timetable.objects.filter(fair=fair, stage=TimetableStage.DRAFT).first()


def released_timetable(fair: Fair) -> Timetable | None:
    """The version that participants see, if there is one; for officers, the desk and jobs."""
    return Timetable.objects.filter(fair=fair, stage=TimetableStage.RELEASED).first()


def meetings_of(timetable: Timetable) -> QuerySet[Meeting]:
    """The meetings of one version that hold their place, by time and table.

    With organisations, subject, record, slot and table. Ask for the reader's right before.
    """
    return _told(Meeting.objects.filter(timetable=timetable, freed_at__isnull=True))


def meetings_visible_to(user: Reader) -> QuerySet[Meeting]:
    """Meetings of released timetables, freed ones too: all for staff, those of its fair for the
    desk, one's own for others. Drafts are read through `timetables_visible_to`.
    """
    standing = standing_of(user)
    meetings = _told(
        Meeting.objects.filter(
            timetable__stage=TimetableStage.RELEASED, timetable__fair__stage__in=FAIR_SHOWN
        )
    )
    if standing.is_staff:
        return meetings
    own = list(standing.organisations)
    return meetings.filter(
        Q(pair__demand__organisation__in=own)
        | Q(pair__supply__organisation__in=own)
        | Q(timetable__fair__in=_fairs_on_duty(user))
    )


def agenda_of(registration: Registration) -> QuerySet[Meeting]:
    """The released meetings of one registration, by time; one query for a whole agenda.

    Ask for the reader's right to the registration before.
    """
    return _told(
        Meeting.objects.filter(
            Q(pair__demand=registration) | Q(pair__supply=registration),
            timetable__fair=registration.fair_id,
            timetable__stage=TimetableStage.RELEASED,
            timetable__fair__stage__in=FAIR_SHOWN,
            freed_at__isnull=True,
        )
    )


def pairs_visible_to(user: Reader) -> QuerySet[Pair]:
    """Pairs about which a record can be written: all for staff and the desk of the fair, for
    others those with a released meeting of their own.
    """
    standing = standing_of(user)
    pairs = Pair.objects.select_related(
        "fair", "demand__organisation", "supply__organisation", "need", "technology", "record"
    ).defer("need__search", "technology__search")
    if standing.is_staff:
        return pairs
    own = list(standing.organisations)
    released = Meeting.objects.filter(
        timetable__stage=TimetableStage.RELEASED, timetable__fair__stage__in=FAIR_SHOWN
    )
    return pairs.filter(
        Q(fair__in=_fairs_on_duty(user))
        | Q(pk__in=released.values("pair"))
        & (Q(demand__organisation__in=own) | Q(supply__organisation__in=own))
    )


def unplaced_visible_to(user: Reader) -> QuerySet[Unplaced]:
    """Requests without a place: all for staff, the heaviest first; others those of their own in
    what was released.
    """
    standing = standing_of(user)
    unplaced = Unplaced.objects.select_related(
        "pair__demand__organisation", "pair__supply__organisation", "timetable"
    ).order_by("-weight", "pk")
    if standing.is_staff:
        return unplaced
    own = list(standing.organisations)
    return unplaced.filter(
        Q(pair__demand__organisation__in=own, pair__wishes__side="DEMAND")
        | Q(pair__supply__organisation__in=own, pair__wishes__side="SUPPLY"),
        timetable__stage=TimetableStage.RELEASED,
        timetable__fair__stage__in=FAIR_SHOWN,
    ).distinct()


def records_visible_to(user: Reader) -> QuerySet[ConsultationRecord]:
    """What came of meetings: all for staff, of its fair for the desk, one's own for both sides."""
    standing = standing_of(user)
    records = ConsultationRecord.objects.select_related(
        "pair__fair",
        "pair__demand__organisation",
        "pair__supply__organisation",
        "meeting__slot",
        "meeting__table__hall",
        "owner",
        "recorded_by",
    ).order_by("-recorded_at", "-pk")
    if standing.is_staff:
        return records
    own = list(standing.organisations)
    return records.filter(
        Q(pair__demand__organisation__in=own)
        | Q(pair__supply__organisation__in=own)
        | Q(pair__fair__in=_fairs_on_duty(user))
    )


def ndas_between(pairs: Iterable[Pair], user: Reader) -> dict[int, Nda]:
    """The newest non-disclosure agreement between the two sides of each pair, by pair; those that
    `user` may see.
    """
    sides = {
        pair.pk: frozenset({pair.demand.organisation_id, pair.supply.organisation_id})
        for pair in pairs
    }
    everybody = {organisation for both in sides.values() for organisation in both}
    ndas = ndas_visible_to(user).filter(giver__in=everybody, taker__in=everybody)
    newest = {frozenset({nda.giver_id, nda.taker_id}): nda for nda in reversed(ndas)}
    return {pk: newest[both] for pk, both in sides.items() if both in newest}


def entry_to_protect(user: Reader, pair: Pair) -> Need | Technology | None:
    """What the other side of a meeting brought, when `user` signs for one of the sides."""
    managed = standing_of(user).managed
    found: QuerySet[Need] | QuerySet[Technology]
    if pair.demand.organisation_id in managed:
        found = technologies_visible_to(user).filter(pk=pair.technology_id)
    elif pair.supply.organisation_id in managed:
        found = needs_visible_to(user).filter(pk=pair.need_id)
    else:
        return None
    return found.first()


def tasks_of(user: Reader) -> QuerySet[ConsultationRecord]:
    """The next steps that `user` still has to see to, the most urgent first."""
    if not user.is_authenticated:
        return ConsultationRecord.objects.none()
    return (
        records_visible_to(user).filter(owner=user, done_at__isnull=True).order_by("due_on", "pk")
    )


def walk_ins_visible_to(user: Reader) -> QuerySet[WalkIn]:
    """Who asked at the desk, in the order of asking: for staff, and for the desk of the fair."""
    walk_ins = WalkIn.objects.select_related(
        "pair__demand__organisation",
        "pair__supply__organisation",
        "meeting__slot",
        "meeting__table",
    ).order_by("asked_at", "pk")
    if standing_of(user).is_staff:
        return walk_ins
    return walk_ins.filter(fair__in=_fairs_on_duty(user))


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


def briefings_visible_to(user: Reader) -> QuerySet[Briefing]:
    """The sessions of the fairs one sees, by time; `taken_count` and `came_count` of each."""
    return (
        Briefing.objects.filter(fair__in=fairs_visible_to(user).order_by().values("pk"))
        .select_related("fair", "hall", "organisation")
        .annotate(
            taken_count=Count("taken"),
            came_count=Count("taken", filter=Q(taken__attended_at__isnull=False)),
        )
        .order_by("starts_at", "pk")
    )


def seats_visible_to(user: Reader) -> QuerySet[BriefingSeat]:
    """Who has a seat where: all for staff, of its fair for the desk, one's own for others."""
    seats = BriefingSeat.objects.select_related("briefing__fair", "holder").order_by("taken_at")
    if standing_of(user).is_staff:
        return seats
    return seats.filter(Q(briefing__fair__in=_fairs_on_duty(user)) | Q(holder=user.pk))


def stories_visible_to(user: Reader) -> QuerySet[Story]:
    """Published stories of the fairs one sees, the newest first; staff see unpublished ones too."""
    stories = Story.objects.filter(fair__in=fairs_visible_to(user).order_by().values("pk"))
    if not standing_of(user).is_staff:
        stories = stories.filter(published_at__isnull=False)
    return stories.select_related("fair", "pair").order_by(
        F("published_at").desc(nulls_first=True), "-pk"
    )


def _told(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return (
        meetings.select_related(*OF_MEETING)
        .defer("pair__need__search", "pair__technology__search")
        .order_by("slot__starts_at", "table__number", "pk")
    )


def _fairs_on_duty(user: Reader) -> QuerySet[DeskDuty]:
    return DeskDuty.objects.filter(person=user.pk).values("fair")


def _count(model: type[Meeting] | type[Unplaced]) -> Coalesce:
    rows = model.objects.filter(timetable=OuterRef("pk"))
    if model is Meeting:
        rows = rows.filter(freed_at__isnull=True)
    counted = rows.order_by().values("timetable").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
