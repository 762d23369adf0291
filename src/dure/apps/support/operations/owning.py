"""Somebody takes a request on, hands it over, sets another day; terms are warned of."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.support import permissions, queries
from dure.apps.support.kinds import services
from dure.apps.support.models import StepTaken, SupportRequest
from dure.apps.support.operations.holding import (
    enter,
    locked,
    note,
    of_body,
    of_counterpart,
    of_firm,
    tell_of,
)
from dure.apps.support.reasons import Reason
from dure.foundation.verdict import Refused

WARNED_DAYS = 2
"""Days before the end of a term on which its owner is reminded."""


@transaction.atomic
def take_on(
    *, request: SupportRequest, by: User, at: datetime, due_on: date | None = None
) -> SupportRequest:
    """Own a request until a day, at the latest until the days of the step are over. Raises Refused.

    Of two who press at once one owns it; the other is told that somebody does.
    """
    request = locked(request)
    permissions.may_take_on(by, request).require()
    step, today = request.file.taking_on, localdate(at)
    if due_on is not None:
        _within(due_on, today, today + timedelta(days=step.days) if step.days else None)
    request.owner, request.owned_at = by, at
    is_new_to_them = step.serves and request.served_at is None
    enter(request, step, at=at, due_on=due_on)
    request.save()
    note(request, StepTaken.What.STEP, by=by, at=at)
    tell_of(request, of_firm(request), "OWNED", by=by, at=at, who=str(by))
    if is_new_to_them:
        tell_of(request, of_counterpart(request), "SERVED", by=by, at=at)
    return request


@transaction.atomic
def hand_over(
    *, request: SupportRequest, to: User, why: str, by: User, at: datetime
) -> SupportRequest:
    """Give a request to somebody else of the body, who is told; its term stays. Raises Refused."""
    request = locked(request)
    permissions.may_hand_over(by, request).require()
    permissions.may_own(to, request).require()
    if not why.strip():
        raise Refused(Reason.SAY_WHY)
    if request.owner_id == to.pk:
        raise Refused(Reason.OWNED_ALREADY)
    former, request.owner, request.owned_at = request.owner, to, at
    request.save(update_fields=["owner", "owned_at"])
    note(request, StepTaken.What.OWNER, by=by, at=at, text=why.strip())
    owners = [to, *([former] if former else [])]
    tell_of(request, owners, "HANDED", by=by, at=at)
    tell_of(request, of_firm(request), "OWNED", by=by, at=at, who=str(to))
    return request


@transaction.atomic
def postpone(
    *, request: SupportRequest, due_on: date, why: str, by: User, at: datetime
) -> SupportRequest:
    """Set another day for the present step, and say why; the firm is told. Raises Refused."""
    request = locked(request)
    permissions.may_work(by, request).require()
    if not why.strip():
        raise Refused(Reason.SAY_WHY)
    if due_on < localdate(at):
        raise Refused(Reason.DAY_PAST)
    request.due_on, request.warned_of = due_on, None
    request.save(update_fields=["due_on", "warned_of"])
    note(request, StepTaken.What.DUE, by=by, at=at, text=why.strip())
    tell_of(request, of_firm(request), "OWNED", by=by, at=at, who=str(request.owner))
    return request


@transaction.atomic
def warn(*, at: datetime) -> int:
    """Remind of terms that end soon and tell of those that are over, each once; returns how many.

    What nobody owns is told to everybody of the body, or to the office.
    """
    today, count = localdate(at), 0
    due = queries.due_for_warning(today, WARNED_DAYS)
    for request in due.select_for_update(of=("self",), skip_locked=True):
        is_over = request.due_on is not None and request.due_on < today
        office = [] if request.body_id else list(queries.people_of_body(request))
        tell_of(request, of_body(request, office), "OVERDUE" if is_over else "SOON", at=at)
        request.warned_of = today
        request.save(update_fields=["warned_of"])
        count += 1
    return count


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Erase the personal details of requests that were closed for as long as their service keeps
    them; returns how many."""
    count = 0
    for service in services().values():
        if service.forget_after_days:
            before = localdate(at) - timedelta(days=service.forget_after_days)
            count += queries.forgettable(service, before).delete()[0]
    return count


def _within(due_on: date, today: date, last: date | None) -> None:
    if due_on < today:
        raise Refused(Reason.DAY_PAST)
    if last is not None and due_on > last:
        raise Refused(Reason.AFTER_THE_TERM)
