"""Timetables and the meetings in them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dure.apps.fairs.models import (
    Fair,
    Meeting,
    Pair,
    Timetable,
    Unplaced,
)
from dure.apps.fairs.queries.fairs import fairs_on_duty
from dure.apps.fairs.roles import READERS
from dure.apps.fairs.stages import FAIR_SHOWN, TimetableStage
from dure.apps.people.queries import Reader, roles_of

# What a page about a meeting names: both organisations, the subject, the time and the table.
OF_MEETING = (
    "pair__demand__organisation",
    "pair__supply__organisation",
    "pair__need",
    "pair__technology",
    "slot",
    "table__hall",
)


def timetables_visible_to(user: Reader) -> QuerySet[Timetable]:
    """Every version for staff, the newest first; others see none, but meetings of their own."""
    if not roles_of(user).holds(READERS):
        return Timetable.objects.none()
    return (
        Timetable.objects.select_related("fair", "created_by", "base")
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

    With organisations, subject, slot and table. Ask for the reader's right before.
    """
    return with_details(Meeting.objects.filter(timetable=timetable, freed_at__isnull=True))


def meetings_visible_to(user: Reader) -> QuerySet[Meeting]:
    """Meetings of released timetables, freed ones too: all for staff, those of its fair for the
    desk, one's own for others. Drafts are read through `timetables_visible_to`.
    """
    roles = roles_of(user)
    meetings = with_details(
        Meeting.objects.filter(
            timetable__stage=TimetableStage.RELEASED, timetable__fair__stage__in=FAIR_SHOWN
        )
    )
    if roles.holds(READERS):
        return meetings
    own = list(roles.organisations)
    return meetings.filter(
        Q(pair__demand__organisation__in=own)
        | Q(pair__supply__organisation__in=own)
        | Q(timetable__fair__in=fairs_on_duty(user))
    )


def pairs_visible_to(user: Reader) -> QuerySet[Pair]:
    """Pairs about which a record can be written: all for staff and the desk of the fair, for
    others those with a released meeting of their own.
    """
    roles = roles_of(user)
    pairs = Pair.objects.select_related(
        "fair", "demand__organisation", "supply__organisation", "need", "technology"
    ).defer("need__search", "technology__search")
    if roles.holds(READERS):
        return pairs
    own = list(roles.organisations)
    released = Meeting.objects.filter(
        timetable__stage=TimetableStage.RELEASED, timetable__fair__stage__in=FAIR_SHOWN
    )
    return pairs.filter(
        Q(fair__in=fairs_on_duty(user))
        | Q(pk__in=released.values("pair"))
        & (Q(demand__organisation__in=own) | Q(supply__organisation__in=own))
    )


def unplaced_visible_to(user: Reader) -> QuerySet[Unplaced]:
    """Requests without a place: all for staff, the heaviest first; others those of their own in
    what was released.
    """
    roles = roles_of(user)
    unplaced = Unplaced.objects.select_related(
        "pair__demand__organisation", "pair__supply__organisation", "timetable"
    ).order_by("-weight", "pk")
    if roles.holds(READERS):
        return unplaced
    own = list(roles.organisations)
    return unplaced.filter(
        Q(pair__demand__organisation__in=own, pair__wishes__side="DEMAND")
        | Q(pair__supply__organisation__in=own, pair__wishes__side="SUPPLY"),
        timetable__stage=TimetableStage.RELEASED,
        timetable__fair__stage__in=FAIR_SHOWN,
    ).distinct()


def with_details(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Add the organisations, the subject, the slot and the table; by time and table."""
    return (
        meetings.select_related(*OF_MEETING)
        .defer("pair__need__search", "pair__technology__search")
        .order_by("slot__starts_at", "table__number", "pk")
    )


def _count(model: type[Meeting] | type[Unplaced]) -> Coalesce:
    rows = model.objects.filter(timetable=OuterRef("pk"))
    if model is Meeting:
        rows = rows.filter(freed_at__isnull=True)
    counted = rows.order_by().values("timetable").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
