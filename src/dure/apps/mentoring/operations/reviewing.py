"""Both sides look back half-way and at the end; then the mentoring is completed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.kinds import Part, Side
from dure.apps.mentoring.models import Pair, Review
from dure.apps.mentoring.operations.holding import locked, tell_of_pair
from dure.apps.mentoring.stages import PairStage
from dure.apps.people.models import User


@transaction.atomic
def review(*, pair: Pair, part: Part, score: int, text: str, by: User, at: datetime) -> Review:
    """Say how one's firm finds it; both read both once both are there. Raises Refused."""
    pair = locked(pair)
    permissions.may_review(by, pair, part, localdate(at)).require()
    written = Review.objects.create(
        pair=pair, part=part, side=queries.side_of(by, pair) or Side.MENTEE, score=score,
        text=text.strip(), by=by, at=at,
    )  # fmt: skip
    if pair.reviews.filter(part=part).count() == len((Side.MENTOR, Side.MENTEE)):
        tell_of_pair(pair, "REVIEWED", by=by, at=at)
    return written


@transaction.atomic
def end(*, pair: Pair, reached: Collection[int], by: User, at: datetime) -> Pair:
    """Complete a mentoring: say which goals (their keys) were reached; its case is closed with it.

    Raises Refused.
    """
    pair = locked(pair)
    permissions.may_end(by, pair).require()
    for goal in pair.goals.all():
        goal.is_reached = goal.pk in reached
        goal.save(update_fields=["is_reached"])
    pair.stage, pair.closed_at = PairStage.ENDED, at
    pair.save(update_fields=["stage", "closed_at"])
    case = pair.case
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    tell_of_pair(pair, "ENDED", by=by, at=at)
    return pair
