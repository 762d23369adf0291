"""Calls while they are drafts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.calls import permissions, queries
from dure.apps.calls.models import Call, CallKind, CallMode, Round
from dure.apps.calls.operations.telling import locked
from dure.apps.calls.reasons import Reason
from dure.apps.calls.stages import CallStage
from dure.apps.challenges.models import Candidate
from dure.apps.challenges.queries import announced_challenges
from dure.apps.people.models import User
from dure.apps.programmes.models import Version
from dure.apps.programmes.stages import VersionStage
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Window:
    """From when and until when a round takes applications."""

    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def draft(
    *,
    version: Version,
    values: Mapping[str, Any],
    challenges: Collection[Candidate] = (),
    rounds: Sequence[Window] = (),
    by: User,
    at: datetime,
) -> Call:
    """Begin a call from a released version of a programme.

    `values` are fields of Call by name. With rounds, the call opens with the first and closes with
    the last. Raises Refused.
    """
    permissions.may_run(by).require()
    if version.stage != VersionStage.RELEASED:
        raise Refused(Reason.VERSION_NOT_RELEASED)
    call = Call(version=version, contact=by)
    return _written(call, values, challenges, rounds, by, at)


@transaction.atomic
def edit(
    *,
    call: Call,
    values: Mapping[str, Any],
    challenges: Collection[Candidate] = (),
    rounds: Sequence[Window] = (),
    seen: str,
    by: User,
    at: datetime,
) -> Call:
    """Change a draft; `seen` is `edited_at` as the writer saw it. Raises Refused."""
    call = locked(call)
    permissions.may_edit(by, call).require()
    if call.edited_at.isoformat() != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    return _written(call, values, challenges, rounds, by, at)


@transaction.atomic
def discard(*, call: Call, by: User, at: datetime) -> Call:
    """Give a draft up; it stays in the history. Raises Refused."""
    call = locked(call)
    permissions.may_discard(by, call).require()
    call.stage, call.ended_by, call.ended_at = CallStage.CANCELLED, by, at
    call.save(update_fields=["stage", "ended_by", "ended_at"])
    return call


def check_whole(call: Call, at: datetime) -> None:
    """Raise Refused for the first thing that keeps a draft from being announced."""
    last = call.deadline_at
    if last is not None and last <= at:
        raise Refused(Reason.DATES_PAST)
    if last is not None and call.recommenders.filter(until__lte=last).exists():
        raise Refused(Reason.NOT_AFTER_DEADLINE)
    if call.kind == CallKind.DESIGNATED and not call.challenges.exists():
        raise Refused(Reason.CHALLENGES_MISSING)
    if call.kind not in queries.kinds_of(call.version.content):
        raise Refused(Reason.KIND_NOT_ALLOWED)


def _written(
    call: Call,
    values: Mapping[str, Any],
    challenges: Collection[Candidate],
    rounds: Sequence[Window],
    by: User,
    at: datetime,
) -> Call:
    for name, value in values.items():
        setattr(call, name, value)
    if call.mode == CallMode.ROUNDS:
        _check_rounds(rounds)
        call.opens_at, call.closes_at = rounds[0].opens_at, rounds[-1].closes_at
    _check(call)
    known = announced_challenges().filter(pk__in=[challenge.pk for challenge in challenges])
    call.deadline_at = call.closes_at
    call.edited_by, call.edited_at = by, at
    call.save()
    call.challenges.set(known if call.kind == CallKind.DESIGNATED else [])
    call.rounds.all().delete()
    if call.mode == CallMode.ROUNDS:
        Round.objects.bulk_create(
            Round(
                call=call,
                number=number,
                opens_at=call_round.opens_at,
                closes_at=call_round.closes_at,
                deadline_at=call_round.closes_at,
            )
            for number, call_round in enumerate(rounds, 1)
        )
    return call


def _check(call: Call) -> None:
    if not (call.title.strip() and call.text.strip()):
        raise Refused(Reason.TEXT_MISSING)
    if call.opens_at is None or (call.closes_at is None and call.mode != CallMode.ROLLING):
        raise Refused(Reason.DATES_MISSING)
    if call.closes_at is not None and call.closes_at <= call.opens_at:
        raise Refused(Reason.DATES_REVERSED)
    if call.mode == CallMode.ROLLING and call.budget_won is None:
        raise Refused(Reason.BUDGET_MISSING)
    if call.kind not in queries.kinds_of(call.version.content):
        raise Refused(Reason.KIND_NOT_ALLOWED)
    criteria = queries.parts_of(call.version.content, "criteria", queries.day_of(call))
    if criteria and all(criterion.key in call.left_out for criterion in criteria):
        raise Refused(Reason.CRITERIA_MISSING)


def _check_rounds(rounds: Sequence[Window]) -> None:
    if not rounds:
        raise Refused(Reason.ROUNDS_MISSING)
    ends = None
    for call_round in rounds:
        if call_round.closes_at <= call_round.opens_at:
            raise Refused(Reason.DATES_REVERSED)
        if ends is not None and call_round.opens_at < ends:
            raise Refused(Reason.ROUNDS_OVERLAP)
        ends = call_round.closes_at
