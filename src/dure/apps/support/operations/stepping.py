"""A request goes from step to step by the hand that its file names, within its caps."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.support import permissions
from dure.apps.support.kinds import Cap, Condition, Step, Value
from dure.apps.support.models import StepTaken, SupportRequest
from dure.apps.support.operations.holding import (
    enter,
    filled,
    locked,
    note,
    of_body,
    of_counterpart,
    of_firm,
    tell_of,
)
from dure.apps.support.reasons import Reason
from dure.apps.support.stages import CandidateStage
from dure.foundation.verdict import Refused

PERCENT = 100


@transaction.atomic
def take(
    *,
    request: SupportRequest,
    step: Step,
    values: Mapping[str, Value],
    by: User,
    at: datetime,
    outcome: str = "",
    note_text: str = "",
) -> SupportRequest:
    """Bring a request to its next step, with what the step asks for. Raises Refused.

    Every cap of the terms that hold for it is checked. A step that closes wants an outcome.
    """
    request = locked(request)
    permissions.may_take(by, request, step).require()
    require_there(request, step)
    file = request.file
    asked = [field for field in file.fields if field.id in step.asks]
    request.values = filled(request.values, values, asked)
    require_within_caps(request)
    is_new_to_them = step.serves and request.served_at is None
    enter(request, step, at=at)
    if step.closes:
        if file.outcome(outcome) is None:
            raise Refused(Reason.OUTCOME_MISSING)
        request.outcome, request.outcome_note = outcome, note_text.strip()
        request.closed_at = at
    request.save()
    note(request, StepTaken.What.STEP, by=by, at=at, text=note_text.strip())
    people = [*of_firm(request), *of_body(request)]
    if is_new_to_them:
        tell_of(request, of_counterpart(request), "SERVED", by=by, at=at)
    else:
        people += of_counterpart(request)
    tell_of(request, people, "STEP", by=by, at=at)
    return request


def require_there(request: SupportRequest, step: Step) -> None:
    """What must be there before a step. Raises Refused."""
    panel = request.file.panel
    there = {
        "partner": request.candidates.filter(stage=CandidateStage.ACCEPTED).exists(),
        "report": request.reports.exists(),
        "visit": request.visits.exists(),
        "panel": panel is not None
        and panel.least <= request.panel.count() <= panel.most
        and request.panel.filter(is_chair=True).exists(),
    }
    for need in step.needs:
        if not there[need]:
            raise Refused(Reason(f"{need.upper()}_MISSING"))


def require_within_caps(request: SupportRequest) -> None:
    """Every amount within the terms of the request. Raises Refused with the cap's name."""
    for cap in caps_of(request):
        if cap.what != "won":
            continue
        amount = request.values.get(cap.of)
        if not isinstance(amount, int):
            continue
        share = request.values.get(cap.share_of) if cap.share_of else None
        is_over = bool(cap.most) and amount > cap.most
        if isinstance(share, int):
            is_over |= amount * PERCENT > share * cap.percent
        if is_over:
            raise Refused(Reason.OVER_THE_CAP, cap=str(cap))


def caps_of(request: SupportRequest) -> Iterator[Cap]:
    """The caps that hold for a request: those of the terms of the day on which it was made."""
    edition = request.file.edition_of(request.edition_from) if request.edition_from else None
    for cap in edition.caps if edition else ():
        if _holds(cap.when, request.values, True) and not _holds(cap.unless, request.values, False):
            yield cap


def last_day(cap: Cap, request: SupportRequest) -> date | None:
    """The last day of a cap that counts in months from the day on which somebody took it on."""
    if not cap.months or request.owned_at is None:
        return None
    first = min(
        (step.at for step in request.steps.all() if step.step == request.file.taking_on.id),
        default=request.owned_at,
    )
    return localdate(first) + relativedelta(months=cap.months) - relativedelta(days=1)


def _holds(condition: Condition | None, values: Mapping[str, Any], without: bool) -> bool:
    if condition is None:
        return without
    return values.get(condition.field) == condition.value
