"""Goals and the term: written by either side, confirmed by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.kinds import Side, rules
from dure.apps.mentoring.models import Goal, Pair
from dure.apps.mentoring.operations.holding import locked, tell_of_pair
from dure.apps.mentoring.reasons import Reason
from dure.apps.mentoring.stages import PairStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Draft:
    """A goal, and how one sees that it is reached."""

    text: str
    measure: str


@transaction.atomic
def set_goals(
    *, pair: Pair, goals: Sequence[Draft], starts_on: date, ends_on: date, by: User, at: datetime
) -> Pair:
    """Write the goals and the term anew; whoever writes confirms them with it. Raises Refused.

    What the other side had confirmed before no longer counts.
    """
    pair = locked(pair)
    permissions.may_set_goals(by, pair).require()
    if not goals:
        raise Refused(Reason.NO_GOALS)
    if ends_on <= starts_on:
        raise Refused(Reason.DAYS_TURNED)
    most = rules().limits.most_months
    if ends_on > starts_on + relativedelta(months=most):
        raise Refused(Reason.TERM_TOO_LONG, months=most)
    pair.goals.all().delete()
    Goal.objects.bulk_create(
        Goal(pair=pair, place=place, text=goal.text, measure=goal.measure)
        for place, goal in enumerate(goals, 1)
    )
    pair.starts_on, pair.ends_on, pair.goals_changed_at = starts_on, ends_on, at
    side = queries.side_of(by, pair)
    pair.mentor_confirmed_at = at if side == Side.MENTOR else None
    pair.mentee_confirmed_at = at if side == Side.MENTEE else None
    pair.save()
    tell_of_pair(pair, "GOALS", by=by, at=at)
    return pair


@transaction.atomic
def confirm(*, pair: Pair, seen_at: datetime | None, by: User, at: datetime) -> Pair:
    """Confirm the goals that one has seen; when both have, it is under way. Raises Refused.

    `seen_at` is when those were written that the reader saw; others are not confirmed unseen.
    """
    pair = locked(pair)
    permissions.may_confirm(by, pair).require()
    if pair.goals_changed_at != seen_at:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if queries.side_of(by, pair) == Side.MENTOR:
        pair.mentor_confirmed_at = at
    else:
        pair.mentee_confirmed_at = at
    if pair.mentor_confirmed_at and pair.mentee_confirmed_at:
        pair.stage = PairStage.RUNNING
    pair.save()
    if pair.stage == PairStage.RUNNING:
        tell_of_pair(pair, "RUNNING", by=by, at=at)
    return pair
