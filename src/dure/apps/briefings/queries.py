"""Briefing sessions, seats and stories, by reader."""

from django.db.models import Count, F, Q, QuerySet

from dure.apps.briefings.models import Briefing, BriefingSeat, Story
from dure.apps.briefings.roles import READERS
from dure.apps.fairs.models import Fair, Pair
from dure.apps.fairs.queries import fairs_on_duty, fairs_visible_to
from dure.apps.people.queries import Reader, roles_of


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
    if roles_of(user).holds(READERS):
        return seats
    return seats.filter(Q(briefing__fair__in=fairs_on_duty(user)) | Q(holder=user.pk))


def stories_visible_to(user: Reader) -> QuerySet[Story]:
    """Published stories of the fairs one sees, the newest first; staff see unpublished ones too."""
    stories = Story.objects.filter(fair__in=fairs_visible_to(user).order_by().values("pk"))
    if not roles_of(user).holds(READERS):
        stories = stories.filter(published_at__isnull=False)
    return stories.select_related("fair", "pair").order_by(
        F("published_at").desc(nulls_first=True), "-pk"
    )


def stories_for_everybody() -> QuerySet[Story]:
    """Published stories, the newest first; for visitors too."""
    return (
        Story.objects.filter(published_at__isnull=False)
        .select_related("fair", "pair__demand__organisation", "pair__supply__organisation")
        .order_by("-published_at", "-pk")
    )


def pairs_with_a_record(fair: Fair) -> QuerySet[Pair]:
    """The pairs of a fair that met: whose story can be told; for officers."""
    return (
        Pair.objects.filter(fair=fair, record__outcome="KEPT")
        .select_related("demand__organisation", "supply__organisation")
        .order_by("demand__organisation__name", "supply__organisation__name", "pk")
    )
