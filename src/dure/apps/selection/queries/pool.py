"""The pool of reviewers."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, Q, QuerySet

from dure.apps.people.models import User
from dure.apps.people.queries import Reader, is_office
from dure.apps.selection.models import Member, Panel, Reviewer, Selection, Sheet
from dure.apps.selection.queries.selections import rules_of
from dure.apps.selection.stages import MemberStage, PanelStage, ReviewerStage


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
    reviewers = Reviewer.objects.select_related("user")
    return reviewers if is_office(user) else reviewers.none()


def pool_found(user: Reader, q: str = "", stage: str = "") -> QuerySet[Reviewer]:
    """The pool narrowed to a name or words of what they know, and to a status; for the office."""
    reviewers = reviewers_in_pool(user)
    if q:
        reviewers = reviewers.filter(
            Q(user__name__icontains=q) | Q(fields__icontains=q) | Q(kinds__icontains=q)
        )
    return reviewers.filter(stage=stage) if stage else reviewers


def people_in_pool(reviewers: QuerySet[Reviewer]) -> QuerySet[User]:
    """Who the reviewers found are, to write to them."""
    return User.objects.filter(pk__in=reviewers.order_by().values("user"), is_active=True).order_by(
        "pk"
    )


def active_reviewers(first: date, last: date) -> QuerySet[Reviewer]:
    """Who can be asked from one day to another: in the pool, and not absent on any day of them."""
    absent = Q(absent_from__lte=last) & (Q(absent_until=None) | Q(absent_until__gte=first))
    return (
        Reviewer.objects.select_related("user")
        .filter(stage=ReviewerStage.ACTIVE)
        .exclude(absent, absent_from__isnull=False)
        .order_by("pk")
    )


def loads(year: int) -> Counter[int]:
    """How many applications each reviewer has had to read in a year, over all calls."""
    load: Counter[int] = Counter()
    seats = Member.objects.filter(panel__due_at__year=year).exclude(stage=MemberStage.LEFT)
    for seat in seats.prefetch_related("panel__items", "panel__reevaluated", "assignments"):
        panel = seat.panel
        load[seat.reviewer_id] += (
            len(panel.items.all()) + len(panel.reevaluated.all())
            if panel.reviews is None
            else len(seat.assignments.all())
        )
    return load


def free_reviewers(
    selection: Selection, on: date, more: int, until: date | None = None
) -> list[Reviewer]:
    """Those in the pool, there from a day until a term, whose year has room for so many more.

    The year's limit is the smaller of the rule set's and the reviewer's own.
    """
    return [reviewer for reviewer, room in rooms(selection, on, until) if room >= more]


def rooms(selection: Selection, on: date, until: date | None = None) -> list[tuple[Reviewer, int]]:
    """Those in the pool, there from a day until a term, with how many more their year has room for."""
    read, most = loads(on.year), rules_of(selection).most_sheets_a_year
    there = active_reviewers(on, max(on, until or on))
    return [(reviewer, min(most, reviewer.most_a_year) - read[reviewer.pk]) for reviewer in there]


def seated_in(selection: Selection) -> QuerySet[Reviewer]:
    """Who sits on a panel of a selection."""
    seats = Member.objects.filter(panel__selection=selection).exclude(stage=MemberStage.LEFT)
    reviewers = Reviewer.objects.filter(stage=ReviewerStage.ACTIVE, pk__in=seats.values("reviewer"))
    return reviewers.select_related("user")


def reviewers_to_look_at(selection: Selection) -> QuerySet[Reviewer]:
    """Whose conflicts matter: all in the pool, and who sits in the selection and has left the pool."""
    seats = Member.objects.filter(panel__selection=selection)
    reviewers = Reviewer.objects.filter(
        Q(stage=ReviewerStage.ACTIVE) | Q(pk__in=seats.values("reviewer"))
    )
    return reviewers.select_related("user").order_by("pk")


def seats_left(selection: Selection) -> QuerySet[Member]:
    """The seats of a selection that their members have left."""
    return Member.objects.filter(panel__selection=selection, stage=MemberStage.LEFT)


def seats_away(reviewer: Reviewer) -> list[Member]:
    """The seats of a reviewer on panels that score while the reviewer is away."""
    panels = Panel.objects.filter(members__reviewer=reviewer).select_related("selection__call")
    return [seat for seat in away_in(panels).values() if seat.reviewer_id == reviewer.pk]


def away_in(panels: Iterable[Panel]) -> dict[int, Member]:
    """The members, by number, who are away while their panel scores."""
    seats = Member.objects.filter(
        panel__in=[panel.pk for panel in panels if panel.stage == PanelStage.SCORING],
        reviewer__absent_from__lte=F("panel__due_at"),
    ).exclude(stage=MemberStage.LEFT)
    away = seats.filter(
        Q(reviewer__absent_until=None) | Q(reviewer__absent_until__gte=F("panel__due_at__date"))
    )
    return {seat.pk: seat for seat in away.select_related("reviewer__user", "panel")}


def punctuality() -> defaultdict[int, Past]:
    """How each reviewer kept to terms, over all selections."""
    by_reviewer: defaultdict[int, Past] = defaultdict(Past)
    handed_in = _first_final().values_list("member__reviewer", "first", "member__panel__due_at")
    for reviewer, first, due_at in handed_in:
        by_reviewer[reviewer].sheets += 1
        by_reviewer[reviewer].late += first > due_at
    for reviewer in Member.objects.filter(stage=MemberStage.LEFT).values_list(
        "reviewer", flat=True
    ):
        by_reviewer[reviewer].left += 1
    return by_reviewer


def days_to_hand_in(selection: Selection) -> list[int]:
    """For every sheet of a selection the days from the pledge until it was handed in."""
    sheets = _first_final().filter(member__panel__selection=selection)
    return [
        (first - pledged_at).days
        for pledged_at, first in sheets.values_list("member__pledged_at", "first")
        if pledged_at
    ]


def _first_final() -> QuerySet[Sheet, dict[str, object]]:
    """When each member first handed in each sheet."""
    return Sheet.objects.order_by().values("item", "member").annotate(first=Min("created_at"))
