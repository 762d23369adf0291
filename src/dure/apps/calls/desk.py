"""What waits of calls: drafts to announce, questions, proposals, what closes today, what one watches."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.calls import permissions, presenters, queries
from dure.apps.calls.models import Call, Proposal, Question
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, Section, offer_queue, offer_section

MOST_SHOWN = 5


def _page_of(call: Call) -> str:
    return reverse("calls:call", args=[call.pk])


def _draft(call: Call, user: User) -> Line:
    return Line(
        title=str(call),
        url=_page_of(call),
        who=str(call.edited_by),
        action=_("Look at it"),
        href=_page_of(call),
        text=str(call.version.programme),
    )


def _question(question: Question, user: User) -> Line:
    return Line(
        title=str(question),
        url=_page_of(question.call),
        who=str(question.requested_by),
        action=_("Answer"),
        href=reverse("calls:answer", args=[question.pk]),
        text=str(question.call),
    )


def _proposal(proposal: Proposal, user: User) -> Line:
    return Line(
        title=f"{proposal}: {proposal.call}",
        url=_page_of(proposal.call),
        who=str(proposal.proposed_by),
        action=_("Look at it"),
        href=_page_of(proposal.call),
        text=proposal.reason,
    )


def _closing(call: Call, user: User) -> Line:
    return Line(
        title=str(call),
        url=_page_of(call),
        who=f"{localtime(call.deadline_at):%H:%M}",
        action=_("Look at it"),
        href=_page_of(call),
        text=str(call.version.programme),
    )


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """The next deadlines that somebody watches."""
    ahead = queries.watched_by(user).filter(deadline_at__gt=now).prefetch_related("rounds")
    rows = presenters.rows(ahead[:MOST_SHOWN], now)
    return {"rows": rows} if rows else None


offer_section(Section("calls", "calls/_desk_section.html", 96, section))
offer_queue(
    Queue(
        code="CALL_TO_ANNOUNCE",
        label=gettext_lazy("Draft of a call to announce"),
        place=120,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.calls_to_announce(user),
        since=lambda call: call.edited_at,
        line=_draft,
        route="calls:list",
    )
)
offer_queue(
    Queue(
        code="CALL_QUESTION",
        label=gettext_lazy("Question on a call"),
        place=121,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.questions_to_answer(user),
        since=lambda question: question.requested_at,
        line=_question,
    )
)
offer_queue(
    Queue(
        code="CALL_PROPOSAL",
        label=gettext_lazy("Extension or cancellation to confirm"),
        place=122,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.proposals_to_confirm(user),
        since=lambda proposal: proposal.proposed_at,
        line=_proposal,
    )
)
offer_queue(
    Queue(
        code="CALL_CLOSING",
        label=gettext_lazy("Call that closes today"),
        place=123,
        offered_to=permissions.may_run,
        waiting=queries.closing_today,
        since=lambda call: None,
        line=_closing,
    )
)
