"""Wishes are proposed from the matches, said, and taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.catalog.models import Need, Technology
from dure.apps.fairs import permissions
from dure.apps.fairs.models import Fair, Level, Origin, Pair, Registration, Side, Wish
from dure.apps.fairs.operations.locks import lock_fair, lock_registration, locked
from dure.apps.fairs.queries import musts_left, suggestions_between
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import RegistrationStage
from dure.apps.matches.models import Direction
from dure.apps.matches.queries import MatchExclusion, interests
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.verdict import Refused

MOST_PROPOSALS = 50


@transaction.atomic
def note_look(*, registration: Registration, by: User, at: datetime) -> None:
    """Remember that people of a registration looked at their proposals: silence then has a sense.

    An officer who looks on does not count.
    """
    if registration.organisation_id in roles_of(by).organisations:
        Registration.objects.filter(pk=registration.pk).update(looked_at=at)


@transaction.atomic
def record_wish(
    *,
    registration: Registration,
    other: Registration,
    level: str,
    note: str = "",
    need: Need | None = None,
    technology: Technology | None = None,
    by: User,
    at: datetime,
) -> Wish:
    """Say for a registration how much it wants to meet another; the newest word counts.

    `need` and `technology` say what about, where the pair does not say so yet. Raises Refused.
    """
    registration = lock_registration(registration)
    permissions.may_wish(by, registration, at).require()
    permissions.may_meet(registration, other).require()
    is_forbidden = MatchExclusion(localdate(at)).pair(
        registration.organisation_id, other.organisation_id
    )
    if is_forbidden and level != Level.NO:
        raise Refused(Reason.FORBIDDEN_PAIR)
    demand, supply = _as_pair(registration, other)
    pair, _ = Pair.objects.get_or_create(
        demand=demand, supply=supply, defaults={"fair": registration.fair}
    )
    _fill_subject(pair, need, technology)
    wish = Wish.objects.filter(pair=pair, side=registration.side).first()
    wish = wish or Wish(pair=pair, side=registration.side, origin=Origin.OWN)
    if level == Level.MUST and wish.level != Level.MUST:
        left = musts_left(registration, registration.fair.most_musts)
        if left is not None and left < 1:
            raise Refused(Reason.TOO_MANY_MUSTS)
    wish.level, wish.note = level, note.strip()
    wish.answered_by, wish.answered_at = by, at
    wish.save()
    return wish


@transaction.atomic
def clear_wish(*, wish: Wish, by: User, at: datetime) -> None:
    """Take back what a side said: a proposal is open again, an own wish is gone. Raises Refused."""
    registration = wish.pair.demand if wish.side == Side.DEMAND else wish.pair.supply
    registration = lock_registration(registration)
    permissions.may_wish(by, registration, at).require()
    wish = locked(Wish.objects.all()).filter(pk=wish.pk).first()
    if wish is None or wish.answered_at is None:
        raise Refused(Reason.NOTHING_TO_TAKE_BACK)
    if wish.origin == Origin.OWN:
        wish.delete()
        return
    wish.level, wish.note, wish.answered_by, wish.answered_at = Level.MEET, "", None, None
    wish.save()


@transaction.atomic
def propose_wishes(
    *, fair: Fair, limit: int = MOST_PROPOSALS, by: User, at: datetime
) -> dict[str, int]:
    """Propose to every approved organisation whom to meet, from the matches, best first.

    What was answered stays, and who said «interested» to the match is not asked again. Proposals
    without an answer are made anew, so that it can be run again after more organisations or matches
    came. Returns how many are `new` and `gone`.
    Raises Refused.
    """
    fair = lock_fair(fair.pk)
    permissions.may_propose(by, fair).require()
    proposals = _proposals(fair, limit, at)
    pairs = _pairs_for(fair, proposals)
    known = {(wish.pair_id, wish.side): wish for wish in Wish.objects.filter(pair__fair=fair)}
    new, moved, kept, interest_by = [], [], set(), interests()
    for (demand, supply, side), (rank, need, technology) in proposals.items():
        wish = known.get((pairs[demand, supply], side))
        answer = interest_by.get((need, technology, side))
        if wish is None:
            wish = Wish(pair_id=pairs[demand, supply], side=side, origin=Origin.PROPOSED)
            new.append(wish)
        elif wish.answered_at is None:
            kept.add(wish.pk)
            if wish.rank != rank or answer:
                moved.append(wish)
        else:
            continue
        wish.rank = rank
        if answer:
            wish.answered_by_id, wish.answered_at = answer.answered_by_id, answer.answered_at
    stale = Wish.objects.filter(pair__fair=fair, answered_at__isnull=True).exclude(pk__in=kept)
    gone = stale.count()
    stale.delete()
    changed = ["rank", "answered_by", "answered_at"]
    Wish.objects.bulk_update(moved, changed, batch_size=1000)
    Wish.objects.bulk_create(new, batch_size=1000)
    return {"new": len(new), "gone": gone}


def _proposals(
    fair: Fair, limit: int, at: datetime
) -> dict[tuple[int, int, str], tuple[int, int, int]]:
    """(demand, supply, side asked) to (rank, need, technology), at most `most` for each asked."""
    exclusion = MatchExclusion(localdate(at))
    registrations = dict(
        Registration.objects.filter(fair=fair, stage=RegistrationStage.APPROVED).values_list(
            "organisation", "pk"
        )
    )
    proposals: dict[tuple[int, int, str], tuple[int, int, int]] = {}
    ranks: dict[int, int] = {}
    for side, direction in (
        (Side.DEMAND, Direction.FOR_NEED),
        (Side.SUPPLY, Direction.FOR_TECHNOLOGY),
    ):
        for buyer, seller, need, technology in suggestions_between(fair, direction):
            demand, supply = registrations[buyer], registrations[seller]
            asked = demand if side == Side.DEMAND else supply
            is_full = ranks.get(asked, 0) >= limit
            if is_full or (demand, supply, side) in proposals or exclusion.pair(buyer, seller):
                continue
            ranks[asked] = ranks.get(asked, 0) + 1
            proposals[demand, supply, side] = (ranks[asked], need, technology)
    return proposals


def _pairs_for(
    fair: Fair, proposals: dict[tuple[int, int, str], tuple[int, int, int]]
) -> dict[tuple[int, int], int]:
    """The pairs that proposals are about, by (demand, supply); made where there is none yet."""
    Pair.objects.bulk_create(
        (
            Pair(
                fair=fair,
                demand_id=demand,
                supply_id=supply,
                need_id=need,
                technology_id=technology,
            )
            for (demand, supply, _), (_, need, technology) in proposals.items()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    rows = Pair.objects.filter(fair=fair).values_list("demand", "supply", "pk")
    return {(demand, supply): pk for demand, supply, pk in rows}


def _fill_subject(pair: Pair, need: Need | None, technology: Technology | None) -> None:
    """Say what a pair would talk about, unless it is said; only of what belongs to the two."""
    is_theirs = need is None or need.organisation_id == pair.demand.organisation_id
    if technology is not None and technology.organisation_id != pair.supply.organisation_id:
        is_theirs = False
    if not is_theirs:
        raise Refused(Reason.NOT_THEIR_SUBJECT)
    if (need and not pair.need_id) or (technology and not pair.technology_id):
        pair.need = pair.need or need
        pair.technology = pair.technology or technology
        pair.save()


def _as_pair(registration: Registration, other: Registration) -> tuple[Registration, Registration]:
    return (registration, other) if registration.side == Side.DEMAND else (other, registration)
