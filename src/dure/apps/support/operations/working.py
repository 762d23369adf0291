"""What is done for a request is noted: visits within the caps, the report, the firm's satisfaction."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.support import permissions, queries
from dure.apps.support.models import Candidate, Report, SupportRequest, Visit
from dure.apps.support.operations.holding import locked, of_body, of_firm, tell_of
from dure.apps.support.operations.stepping import caps_of, last_day
from dure.apps.support.reasons import Reason
from dure.foundation.files import Unfit, examined
from dure.foundation.verdict import Refused


@transaction.atomic
def note_visit(
    *,
    request: SupportRequest,
    on: date,
    hours: Decimal,
    text: str,
    by: User,
    at: datetime,
    place: str = "",
    candidate: Candidate | None = None,
) -> Visit:
    """Note a visit; hours and visits stay within the terms of the request. Raises Refused.

    Two who note at once wait for each other, so that together they stay within the cap.
    """
    request = locked(request)
    permissions.may_note_visit(by, request).require()
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    if not text.strip() or hours <= 0:
        raise Refused(Reason.FIELD_MISSING)
    _require_within(request, on, hours)
    return Visit.objects.create(
        request=request, candidate=candidate, on=on, hours=hours, place=place.strip(),
        text=text.strip(), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def report(
    *, request: SupportRequest, text: str, by: User, at: datetime, file: File | None = None
) -> Report:
    """Report on a request, with a file or without. Raises Refused."""
    request = locked(request)
    permissions.may_report(by, request).require()
    if not text.strip():
        raise Refused(Reason.FIELD_MISSING)
    facts = {}
    if file is not None:
        about = examined(file, settings.DURE_UPLOAD_LIMIT)
        if isinstance(about, Unfit):
            raise Refused(Reason(about))
        facts = about.as_fields() | {"file": file}
    made = Report.objects.create(request=request, text=text.strip(), by=by, at=at, **facts)
    tell_of(request, of_firm(request), "STEP", by=by, at=at)
    return made


@transaction.atomic
def rate(
    *, request: SupportRequest, satisfaction: int, text: str, by: User, at: datetime
) -> SupportRequest:
    """Say how satisfied the firm is, from 1 to 5, once. Raises Refused."""
    request = locked(request)
    permissions.may_rate(by, request).require()
    request.satisfaction, request.satisfaction_note = satisfaction, text.strip()
    request.save(update_fields=["satisfaction", "satisfaction_note"])
    tell_of(request, of_body(request), "STEP", by=by, at=at)
    return request


def _require_within(request: SupportRequest, on: date, hours: Decimal) -> None:
    used, days = queries.hours_noted(request), {visit.on for visit in request.visits.all()}
    for cap in caps_of(request):
        if cap.what == "hours" and used + hours > cap.most:
            raise Refused(Reason.OVER_THE_CAP)
        if cap.what == "visits" and len(days | {on}) > cap.most:
            raise Refused(Reason.OVER_THE_CAP)
        last = last_day(cap, request)
        if last is not None and on > last:
            raise Refused(Reason.AFTER_THE_TERM)
