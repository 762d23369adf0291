"""Two reports of one deal become one; what was merged can be parted again."""

from datetime import datetime

from django.db import transaction

from dure.apps.outcomes import permissions
from dure.apps.outcomes.kinds import TwinAnswer
from dure.apps.outcomes.models import Answer, Outcome, Twins
from dure.apps.outcomes.operations.holding import (
    begin_to_count,
    end_counting,
    locked,
    tell_sides,
)
from dure.apps.outcomes.reasons import Reason
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def merge(*, twins: Twins, kept: Outcome, by: User, at: datetime) -> Outcome:
    """Two reports tell of one deal: `kept` goes on, the other is kept to be read.

    Where the two sides each reported it, or the other one was confirmed, the one that is kept is
    confirmed by that. Raises Refused.
    """
    twins = _held(twins)
    permissions.may_judge_twins(by, twins).require()
    if kept.pk not in (twins.first_id, twins.second_id):
        raise Refused(Reason.NOT_OF_THE_PAIR)
    first, other = (twins.first, twins.second)
    kept, dropped = (first, other) if kept.pk == first.pk else (other, first)
    twins.answer, twins.answered_by, twins.answered_at = TwinAnswer.SAME, by, at
    twins.dropped, twins.dropped_stage = dropped, dropped.stage
    twins.save()
    was_confirmed = dropped.stage == OutcomeStage.CONFIRMED
    end_counting(dropped, at)
    dropped.stage, dropped.merged_into = OutcomeStage.MERGED, kept
    dropped.save(update_fields=["stage", "merged_into"])
    if kept.stage != OutcomeStage.CONFIRMED and (was_confirmed or _by_both_sides(kept, dropped)):
        kept.stage, kept.confirmed_at = OutcomeStage.CONFIRMED, at
        kept.save(update_fields=["stage", "confirmed_at"])
        Answer.objects.create(
            outcome=kept, organisation=dropped.reported_for, is_yes=True, through=dropped,
            given_by=dropped.reported_by or by, given_at=at,
        )  # fmt: skip
        begin_to_count(kept, at)
    tell_sides(kept, "MERGED", exclude=by, at=at)
    return kept


@transaction.atomic
def keep_apart(*, twins: Twins, by: User, at: datetime) -> Twins:
    """The two tell of two different deals. Raises Refused."""
    twins = _held(twins)
    permissions.may_judge_twins(by, twins).require()
    twins.answer, twins.answered_by, twins.answered_at = TwinAnswer.DIFFERENT, by, at
    twins.save()
    return twins


@transaction.atomic
def part(*, twins: Twins, by: User, at: datetime) -> Twins:
    """Undo what was said of two reports: each stands again as it stood before. Raises Refused."""
    twins = _held(twins)
    permissions.may_part(by, twins).require()
    if dropped := twins.dropped:
        kept = twins.second if dropped.pk == twins.first_id else twins.first
        _unconfirm(kept, dropped, at)
        dropped.stage, dropped.merged_into = OutcomeStage(twins.dropped_stage), None
        dropped.save(update_fields=["stage", "merged_into"])
        if dropped.stage == OutcomeStage.CONFIRMED:
            begin_to_count(dropped, at)
        tell_sides(dropped, "PARTED", exclude=by, at=at)
    twins.answer, twins.answered_by, twins.answered_at = "", None, None
    twins.dropped, twins.dropped_stage = None, ""
    twins.save()
    return twins


def _held(twins: Twins) -> Twins:
    """Two reports, held in the order of their ids, then what was said of them."""
    first, second = locked(twins.first, twins.second)
    held = Twins.objects.select_for_update().get(pk=twins.pk)
    held.first, held.second = first, second
    if held.dropped_id:
        held.dropped = first if held.dropped_id == first.pk else second
    return held


def _by_both_sides(outcome: Outcome, other: Outcome) -> bool:
    sides = {outcome.reported_for_id, other.reported_for_id}
    return None not in sides and len(sides) == 2


def _unconfirm(kept: Outcome, dropped: Outcome, at: datetime) -> None:
    """Take back the confirmation that came with a merge alone."""
    if not kept.answers.filter(through=dropped).exists():
        return
    kept.answers.filter(through=dropped).delete()
    if kept.stage != OutcomeStage.CONFIRMED:
        return
    says_no = kept.answers.filter(is_yes=False).exists()
    kept.stage = OutcomeStage.DISPUTED if says_no else OutcomeStage.CLAIMED
    kept.confirmed_at = None
    kept.save(update_fields=["stage", "confirmed_at"])
    end_counting(kept, at)
