"""The pool of reviewers."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet

from dure.apps.people.models import User
from dure.apps.people.queries import Reader, is_office
from dure.apps.selection.models import Member, Reviewer, Selection, Sheet
from dure.apps.selection.stages import MemberStage, ReviewerStage


@dataclass(slots=True)
class Past:
    """How somebody kept to terms: sheets handed in, of them late, and panels that went on without."""

    sheets: int = 0
    late: int = 0
    left: int = 0


def reviewer_of(user: Reader) -> Reviewer | None:
    """The reviewer that somebody is, invited ones too."""
    if not user.is_authenticated:
        return None
    return Reviewer.objects.select_related("user").filter(user=user.pk).first()


def reviewers_in_pool(user: Reader) -> QuerySet[Reviewer]:
    """The whole pool, for the office alone."""
    found = Reviewer.objects.select_related("user")
    return found if is_office(user) else found.none()


def pool_found(user: Reader, q: str = "", stage: str = "") -> QuerySet[Reviewer]:
    """The pool narrowed to a name or words of what they know, and to a status; for the office."""
    found = reviewers_in_pool(user)
    if q:
        found = found.filter(
            Q(user__name__icontains=q) | Q(fields__icontains=q) | Q(kinds__icontains=q)
        )
    return found.filter(stage=stage) if stage else found


def people_in_pool(found: QuerySet[Reviewer]) -> QuerySet[User]:
    """Who the reviewers found are, to write to them."""
    return User.objects.filter(pk__in=found.order_by().values("user"), is_active=True).order_by(
        "pk"
    )


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


def punctuality() -> defaultdict[int, Past]:
    """How each reviewer kept to terms, over all selections."""
    found: defaultdict[int, Past] = defaultdict(Past)
    handed_in = _first_final().values_list("member__reviewer", "first", "member__panel__due_at")
    for reviewer, first, due_at in handed_in:
        found[reviewer].sheets += 1
        found[reviewer].late += first > due_at
    for reviewer in Member.objects.filter(stage=MemberStage.LEFT).values_list(
        "reviewer", flat=True
    ):
        found[reviewer].left += 1
    return found


def days_to_hand_in(selection: Selection) -> list[int]:
    """For every sheet of a selection the days from the pledge until it was handed in."""
    found = _first_final().filter(member__panel__selection=selection)
    return [
        (first - pledged_at).days
        for pledged_at, first in found.values_list("member__pledged_at", "first")
        if pledged_at
    ]


def _first_final() -> QuerySet[Sheet, dict[str, object]]:
    """When each member first handed in each sheet."""
    return (
        Sheet.objects.filter(is_final=True)
        .order_by()
        .values("item", "member")
        .annotate(first=Min("created_at"))
    )
