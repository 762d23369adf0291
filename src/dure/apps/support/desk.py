"""What waits: requests to take on, those that one owns, introductions to answer."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.support import permissions, queries
from dure.apps.support.models import Candidate, SupportRequest
from dure.foundation.desk import Line, Queue, offer_queue


def _to_take_on(request: SupportRequest, user: User) -> Line:
    return Line(
        title=str(request),
        url=request.get_absolute_url(),
        who=str(request.organisation),
        text=str(request.file),
        action=_("Take on"),
        href=request.get_absolute_url(),
        may=permissions.may_take_on(user, request)
        if request.body_id
        else permissions.may_run(user),
    )


def _owned(request: SupportRequest, user: User) -> Line:
    due = request.due_on.isoformat() if request.due_on else ""
    return Line(
        title=str(request),
        url=request.get_absolute_url(),
        who=str(request.organisation),
        text=f"{request.step_file} · {due}" if due else str(request.step_file),
        action=_("Go on"),
        href=request.get_absolute_url(),
    )


def _asked(candidate: Candidate, user: User) -> Line:
    return Line(
        title=str(candidate.request),
        url=candidate.get_absolute_url(),
        who=str(candidate.request.organisation),
        text=str(candidate.request.file),
        action=_("Answer"),
        href=candidate.get_absolute_url(),
    )


def _since(request: SupportRequest) -> datetime | None:
    return request.step_since


offer_queue(
    Queue(
        code="SUPPORT_FREE",
        label=gettext_lazy("Request for support to take on"),
        place=42,
        offered_to=permissions.may_answer_requests,
        waiting=lambda user, now: queries.requests_to_take_on(user),
        since=_since,
        line=_to_take_on,
        route="support:requests?state=free",
    )
)
offer_queue(
    Queue(
        code="SUPPORT_OWNED",
        label=gettext_lazy("Request for support that you own"),
        place=43,
        offered_to=permissions.may_answer_requests,
        waiting=lambda user, now: queries.requests_owned_by(user),
        since=_since,
        line=_owned,
        route="support:requests?state=mine",
    )
)
offer_queue(
    Queue(
        code="SUPPORT_ASKED",
        label=gettext_lazy("Firm that asks for you as a partner"),
        place=44,
        offered_to=permissions.may_be_partner,
        waiting=lambda user, now: queries.candidates_waiting_for(user),
        since=lambda candidate: candidate.introduced_at,
        line=_asked,
    )
)
