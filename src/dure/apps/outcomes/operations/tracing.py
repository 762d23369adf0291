"""The way back to the need: tied by the office, and found again when more is known."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from dure.apps.outcomes import adapter, permissions, queries
from dure.apps.outcomes.models import Chain, CountedSpan, Outcome
from dure.apps.outcomes.operations.holding import (
    begin_to_count,
    counted_under,
    end_counting,
    locked,
)
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import User

AT_ONCE = 500


@transaction.atomic
def tie(*, outcome: Outcome, anchor: tuple[str, Model] | None, by: User, at: datetime) -> Outcome:
    """Say what an outcome came of; None lets the platform look for itself. Raises Refused."""
    [outcome] = locked(outcome)
    permissions.may_tie(by, outcome).require()
    name, thing = anchor or ("", None)
    _trace(outcome, name, thing, at)
    return outcome


def find_ways_again(*, at: datetime) -> int:
    """Look again for the ways that lead to no need yet; returns how many changed."""
    return sum(_find_again(outcome, at) for outcome in queries.with_unfound_way(AT_ONCE))


@transaction.atomic
def _find_again(outcome: Outcome, at: datetime) -> bool:
    [outcome] = locked(outcome)
    return _trace(outcome, "", None, at)


def _trace(outcome: Outcome, name: str, thing: Model | None, at: datetime) -> bool:
    """Save the way anew; what it counts under goes on from now. True where it changed."""
    before = counted_under(outcome)
    known = Chain.objects.filter(outcome=outcome).values_list("pk", flat=True).first()
    chain = adapter.traced(outcome, name, thing)
    chain.pk = known
    chain.save()
    outcome.chain = chain
    after = counted_under(outcome)
    if after == before:
        return False
    is_open = CountedSpan.objects.filter(outcome=outcome, ends_at__isnull=True).exists()
    if outcome.stage == OutcomeStage.CONFIRMED and is_open:
        end_counting(outcome, at)
        begin_to_count(outcome, at)
    return True
