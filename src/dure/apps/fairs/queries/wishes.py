"""Wishes as each side sees them, and what they come to for the timetable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.catalog.queries import offered_technologies, open_needs
from dure.apps.fairs.models import (
    Absence,
    Fair,
    Level,
    Registration,
    Side,
    Wish,
)
from dure.apps.fairs.roles import READERS
from dure.apps.fairs.stages import RegistrationStage
from dure.apps.matches.models import AnswerKind, Direction, Suggestion
from dure.apps.matches.queries import MatchExclusion, interests, labels
from dure.apps.people.queries import Reader, roles_of

# What the wish of one side adds to a pair. A proposal counts a little for those who looked at it
# and said nothing, and nothing for those who never came to look. NO is a rule, not a weight.
WEIGHTS = {Level.MUST: 30, Level.MEET: 10}
SILENT_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class WantedPair:
    """A pair that at least one side wants and neither declines, with what it is worth.

    `is_asked`: somebody said so. Else it is only a proposal that was looked at and left open.
    """

    pair_id: int
    demand_id: int
    supply_id: int
    weight: int
    is_asked: bool


def wishes_visible_to(user: Reader) -> QuerySet[Wish]:
    """All for staff; others what their own side said, never what the other side says of them."""
    roles = roles_of(user)
    wishes = Wish.objects.select_related(
        "pair__fair", "pair__demand__organisation", "pair__supply__organisation"
    ).order_by("pk")
    if roles.holds(READERS):
        return wishes
    own = list(roles.organisations)
    return wishes.filter(
        Q(side=Side.DEMAND, pair__demand__organisation__in=own)
        | Q(side=Side.SUPPLY, pair__supply__organisation__in=own)
    )


def wishes_of(registration: Registration) -> QuerySet[Wish]:
    """What a registration's own side said or should answer; proposals first, the best before.

    With the pair, both organisations, the need and the technology. Ask for the reader's right
    before.
    """
    return (
        Wish.objects.filter(**_own(registration, "pair__"), side=registration.side)
        .select_related(
            "pair__demand__organisation",
            "pair__supply__organisation",
            "pair__need",
            "pair__technology",
        )
        .defer("pair__need__search", "pair__technology__search")
        .order_by("rank", "pk")
    )


def suggestions_behind(
    wishes: Iterable[Wish], side: str
) -> dict[tuple[int | None, int | None], Suggestion]:
    """The suggestions from which wishes of one side were proposed, by (need, technology).

    Only those still on offer: what was withdrawn since is told to nobody. For the side itself.
    """
    pairs = {(wish.pair.need_id, wish.pair.technology_id) for wish in wishes}
    direction = Direction.FOR_NEED if side == Side.DEMAND else Direction.FOR_TECHNOLOGY
    suggestions = (
        Suggestion.objects.filter(
            direction=direction,
            need__in=open_needs().filter(pk__in={need for need, _ in pairs}),
            technology__in=offered_technologies().filter(pk__in={own for _, own in pairs}),
        )
        .select_related("need__organisation", "technology__organisation")
        .defer("need__search", "technology__search")
    )
    return {
        (suggestion.need_id, suggestion.technology_id): suggestion
        for suggestion in suggestions
        if (suggestion.need_id, suggestion.technology_id) in pairs
    }


def partners_to_choose(registration: Registration, on: date) -> QuerySet[Registration]:
    """The approved registrations of the other side that this one may meet, by name."""
    exclusion = MatchExclusion(on)
    if exclusion.is_alone(registration.organisation_id):
        return Registration.objects.none()
    partners = exclusion.partners(registration.organisation_id)
    return (
        Registration.objects.filter(fair=registration.fair_id, stage=RegistrationStage.APPROVED)
        .exclude(side=registration.side)
        .exclude(organisation__in=partners)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def musts_left(registration: Registration, limit: int | None) -> int | None:
    """How many “must meet” wishes a registration has left of `most`; None without a limit."""
    if limit is None:
        return None
    used = wishes_of(registration).filter(level=Level.MUST).count()
    return max(0, limit - used)


def wanted_pairs(fair: Fair) -> list[WantedPair]:
    """The requests for the timetable: both approved, somebody wants it, neither says no.

    Weights are 2 to 60; pairs that no side's wish counts for are left out. In the order of the
    ids, so that the same wishes always give the same list. See `forbidden_pairs` for the rest.
    """
    weights: dict[tuple[int, int, int], int] = {}
    declined, asked = set(), set()
    rows = (
        Wish.objects.filter(
            pair__fair=fair,
            pair__demand__stage=RegistrationStage.APPROVED,
            pair__supply__stage=RegistrationStage.APPROVED,
        )
        .order_by("pair", "side")
        .values_list(
            "pair",
            "pair__demand",
            "pair__supply",
            "side",
            "level",
            "answered_at",
            "pair__demand__looked_at",
            "pair__supply__looked_at",
        )
    )
    for pair, demand, supply, side, level, answered_at, demand_looked, supply_looked in rows:
        key = (pair, demand, supply)
        if level == Level.NO:
            declined.add(key)
        elif answered_at:
            asked.add(key)
            weights[key] = weights.get(key, 0) + WEIGHTS[Level(level)]
        elif demand_looked if side == Side.DEMAND else supply_looked:
            weights[key] = weights.get(key, 0) + SILENT_WEIGHT
    return [
        WantedPair(*key, weight, key in asked)
        for key, weight in weights.items()
        if key not in declined
    ]


def forbidden_pairs(fair: Fair, on: date) -> set[tuple[int, int]]:
    """Which (demand, supply) registrations must not meet: a no, one group, or barred on that day."""
    exclusion = MatchExclusion(on)
    sides: dict[str, list[tuple[int, int]]] = {Side.DEMAND: [], Side.SUPPLY: []}
    approved = Registration.objects.filter(fair=fair, stage=RegistrationStage.APPROVED)
    for pk, organisation, side in approved.values_list("pk", "organisation", "side"):
        sides[side].append((pk, organisation))
    declined = Wish.objects.filter(pair__fair=fair, level=Level.NO)
    return set(declined.values_list("pair__demand", "pair__supply")) | {
        (demand, supply)
        for demand, buyer in sides[Side.DEMAND]
        for supply, seller in sides[Side.SUPPLY]
        if exclusion.pair(buyer, seller)
    }


def unavailable_slots(fair: Fair) -> dict[int, set[int]]:
    """The slots in which registrations cannot meet, by registration; the others are always there."""
    slots: dict[int, set[int]] = {}
    rows = Absence.objects.filter(registration__fair=fair).values_list("registration", "slot")
    for registration, slot in rows:
        slots.setdefault(registration, set()).add(slot)
    return slots


def suggestions_between(fair: Fair, direction: Direction) -> list[tuple[int, int, int, int]]:
    """What the matching suggests among the approved of a fair, in one direction: what the side that
    was asked is interested in already, then the best first.

    Rows of (demand organisation, supply organisation, need, technology); without what the side
    that was asked called not for it. For the making of proposals, not for pages.
    """
    approved = Registration.objects.filter(fair=fair, stage=RegistrationStage.APPROVED)
    side = Side.DEMAND if direction == Direction.FOR_NEED else Side.SUPPLY
    declined = {
        (need, technology)
        for need, technology, by, kind in labels()
        if by == side.value and kind == AnswerKind.NOT_FOR_US
    }
    rows = (
        Suggestion.objects.filter(
            direction=direction,
            need__in=open_needs(),
            technology__in=offered_technologies(),
            need__organisation__in=approved.filter(side=Side.DEMAND).values("organisation"),
            technology__organisation__in=approved.filter(side=Side.SUPPLY).values("organisation"),
        )
        .order_by("rank", "-score", "pk")
        .values_list("need__organisation", "technology__organisation", "need", "technology")
    )
    interested = {(need, technology) for need, technology, by in interests() if by == side.value}
    open_rows = [row for row in rows if (row[2], row[3]) not in declined]
    return sorted(open_rows, key=lambda row: (row[2], row[3]) not in interested)


def _own(registration: Registration, prefix: str = "") -> dict[str, Registration]:
    end = "demand" if registration.side == Side.DEMAND else "supply"
    return {f"{prefix}{end}": registration}
