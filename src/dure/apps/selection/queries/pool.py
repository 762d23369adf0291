"""The pool of reviewers."""

from collections import Counter
from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.people.queries import Reader, is_office
from dure.apps.selection.models import Member, Reviewer
from dure.apps.selection.stages import MemberStage, ReviewerStage


def reviewer_of(user: Reader) -> Reviewer | None:
    """The reviewer that somebody is, invited ones too."""
    if not user.is_authenticated:
        return None
    return Reviewer.objects.select_related("user").filter(user=user.pk).first()


def reviewers_in_pool(user: Reader) -> QuerySet[Reviewer]:
    """The whole pool, for the office alone."""
    found = Reviewer.objects.select_related("user")
    return found if is_office(user) else found.none()


def active_reviewers(on: date) -> QuerySet[Reviewer]:
    """Who can be asked on a day: in the pool, and not absent."""
    absent = Q(absent_from__lte=on) & (Q(absent_until=None) | Q(absent_until__gte=on))
    return (
        Reviewer.objects.select_related("user")
        .filter(stage=ReviewerStage.ACTIVE)
        .exclude(absent, absent_from__isnull=False)
        .order_by("pk")
    )


def loads(year: int) -> Counter[int]:
    """How many applications each reviewer has had to read in a year, over all calls."""
    found: Counter[int] = Counter()
    seats = Member.objects.filter(panel__due_at__year=year).exclude(stage=MemberStage.LEFT)
    for seat in seats.prefetch_related("panel__items"):
        found[seat.reviewer_id] += len(seat.panel.items.all())
    return found
