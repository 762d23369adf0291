"""Somebody else says that an outcome is so, or is not; and a report taken back."""

from datetime import datetime

from django.db import transaction

from dure.apps.outcomes import permissions
from dure.apps.outcomes.models import Answer, Outcome
from dure.apps.outcomes.operations.holding import (
    begin_to_count,
    end_counting,
    locked,
    side_of,
    tell_sides,
)
from dure.apps.outcomes.reasons import Reason
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.verdict import Refused


@transaction.atomic
def confirm(*, outcome: Outcome, by: User, at: datetime, note: str = "") -> Outcome:
    """Say that it is so; from now on it counts. Raises Refused."""
    [outcome] = locked(outcome)
    permissions.may_confirm(by, outcome).require()
    outcome.stage, outcome.confirmed_at = OutcomeStage.CONFIRMED, at
    outcome.save(update_fields=["stage", "confirmed_at"])
    side = side_of(outcome, by, roles_of(by).organisations)
    Answer.objects.create(
        outcome=outcome, organisation=side, is_yes=True, note=note, given_by=by, given_at=at
    )
    begin_to_count(outcome, at)
    tell_sides(outcome, "CONFIRMED", exclude=by, at=at, organisation=str(side or by))
    return outcome


@transaction.atomic
def dispute(*, outcome: Outcome, note: str, by: User, at: datetime) -> Outcome:
    """Say that it is not so, and why; the office looks at it. Raises Refused."""
    [outcome] = locked(outcome)
    permissions.may_answer(by, outcome).require()
    if not note.strip():
        raise Refused(Reason.SAY_WHY)
    outcome.stage = OutcomeStage.DISPUTED
    outcome.save(update_fields=["stage"])
    side = side_of(outcome, by, roles_of(by).organisations)
    Answer.objects.create(
        outcome=outcome, organisation=side, is_yes=False, note=note.strip(), given_by=by,
        given_at=at,
    )  # fmt: skip
    tell_sides(outcome, "DISPUTED", exclude=by, at=at, organisation=str(side or by), reason=note)
    return outcome


@transaction.atomic
def withdraw(*, outcome: Outcome, reason: str, by: User, at: datetime) -> Outcome:
    """Take a report back, with a reason; it stays to be read and counts no more. Raises Refused."""
    [outcome] = locked(outcome)
    permissions.may_withdraw(by, outcome).require()
    if not reason.strip():
        raise Refused(Reason.SAY_WHY)
    outcome.stage = OutcomeStage.WITHDRAWN
    outcome.withdrawn_by, outcome.withdrawn_at, outcome.reason = by, at, reason.strip()
    outcome.save(update_fields=["stage", "withdrawn_by", "withdrawn_at", "reason"])
    end_counting(outcome, at)
    tell_sides(outcome, "WITHDRAWN", exclude=by, at=at, reason=outcome.reason)
    return outcome
