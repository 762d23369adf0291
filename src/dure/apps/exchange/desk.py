"""What waits for the office of exchange: applications, requests, agreements to follow up."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dure.apps.exchange import queries
from dure.apps.exchange.models import HelpRequest, Part
from dure.apps.exchange.permissions import may_run
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, offer_queue


def _applied(part: Part, user: User) -> Line:
    return Line(
        title=str(part.organisation),
        url=part.meeting.get_absolute_url(),
        who=str(part.meeting),
        text=part.wish,
        action=pgettext("exchange meeting", "Decide"),
        href=reverse("exchange:answer", args=[part.pk]),
    )


def _asked(request: HelpRequest, user: User) -> Line:
    until = _("until %(day)s, %(owner)s") % {"day": request.due_on, "owner": request.owner}
    return Line(
        title=str(request),
        url=request.get_absolute_url(),
        who=str(request.organisation),
        text=until if request.due_on else request.text,
        action=pgettext("exchange", "Report")
        if request.owner_id == user.pk
        else pgettext("exchange", "Take on"),
        href=request.get_absolute_url(),
    )


offer_queue(
    Queue(
        code="EXCHANGE_PART",
        label=gettext_lazy("Application for an exchange meeting"),
        place=72,
        offered_to=may_run,
        waiting=lambda user, now: queries.parts_to_answer(),
        since=lambda part: part.applied_at,
        line=_applied,
    )
)
offer_queue(
    Queue(
        code="EXCHANGE_REQUEST",
        label=gettext_lazy("Request of an exchange"),
        place=73,
        offered_to=may_run,
        waiting=lambda user, now: queries.requests_waiting(),
        since=lambda request: request.created_at,
        line=_asked,
    )
)
