"""What waits of applications: to approve, to answer, to confirm, to write, and for a second officer."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.applications import permissions, presenters, queries
from dure.apps.applications.models import Admission, Application, Opening, Participant
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.models import Recommender
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.desk import Line, Queue, Section, offer_queue, offer_section
from dure.foundation.verdict import YES, Verdict

SHOWN = 5


def _has_a_firm(user: User) -> Verdict:
    if roles_of(user).organisations:
        return YES
    return Verdict(permissions.Reason.NOT_OF_THE_FIRM)


def _approve(application: Application, user: User) -> Line:
    return Line(
        title=str(application.call),
        url=reverse("applications:application", args=[application.pk]),
        who=str(application.organisation),
        action=_("Approve and submit"),
        href=reverse("applications:approve", args=[application.pk]),
        text=application.number,
    )


def _answer(participant: Participant, user: User) -> Line:
    page = reverse("applications:members", args=[participant.application_id])
    return Line(
        title=str(participant.application.call),
        url=page,
        who=str(participant.application.organisation),
        action=_("Answer"),
        href=page,
        text=participant.application.number,
    )


def _confirm(participant: Participant, user: User) -> Line:
    page = reverse("applications:members", args=[participant.application_id])
    return Line(
        title=str(participant.application.call),
        url=page,
        who=str(participant.organisation),
        action=_("Look at it"),
        href=page,
        text=participant.application.number,
    )


def _admission(admission: Admission, user: User) -> Line:
    call = admission.submission.application.call
    page = reverse("applications:of_call", args=[call.pk])
    return Line(
        title=str(call),
        url=page,
        who=str(admission.proposed_by),
        action=_("Look at it"),
        href=page,
        text=admission.reason,
    )


def _opening(opening: Opening, user: User) -> Line:
    page = reverse("applications:of_call", args=[opening.call_id])
    return Line(
        title=str(opening.call),
        url=page,
        who=str(opening.requested_by),
        action=_("Look at it"),
        href=page,
        text=opening.reason,
    )


def _recommend(body: Recommender, user: User) -> Line:
    page = reverse("applications:recommend", args=[body.pk])
    return Line(
        title=str(body.call),
        url=page,
        who=str(body.organisation),
        action=_("Rank them"),
        href=page,
        text=_("Until %(until)s") % {"until": f"{localtime(body.until):%Y-%m-%d %H:%M}"},
    )


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """One's own applications that are being written or were received, and how long there is."""
    stages = ApplicationStage
    alive = (stages.DRAFT, stages.FILED, stages.SUBMITTED, stages.WITHDRAWN, stages.VOID)
    applications = queries.own_applications(user).filter(stage__in=alive)[:SHOWN]
    rows = [
        {"application": application, "left": presenters.left(application, now)}
        for application in applications
    ]
    return {"rows": rows} if rows else None


offer_section(Section("applications", "applications/_desk_section.html", 60, section))
offer_queue(
    Queue(
        code="APPLICATION_TO_APPROVE",
        label=gettext_lazy("Application to approve"),
        place=20,
        offered_to=_has_a_firm,
        waiting=lambda user, now: queries.to_approve(user, localdate(now)),
        since=lambda application: application.filed_at,
        line=_approve,
    )
)
offer_queue(
    Queue(
        code="APPLICATION_INVITATION",
        label=gettext_lazy("Invitation to an application"),
        place=21,
        offered_to=_has_a_firm,
        waiting=lambda user, now: queries.to_answer(user),
        since=lambda participant: participant.invited_at,
        line=_answer,
    )
)
offer_queue(
    Queue(
        code="APPLICATION_PART",
        label=gettext_lazy("Part of an application to confirm"),
        place=22,
        offered_to=_has_a_firm,
        waiting=lambda user, now: queries.to_confirm(user, localdate(now)),
        since=lambda participant: participant.answered_at,
        line=_confirm,
    )
)
offer_queue(
    Queue(
        code="APPLICATIONS_TO_RECOMMEND",
        label=gettext_lazy("Applications to rank"),
        place=23,
        offered_to=_has_a_firm,
        waiting=queries.to_recommend,
        since=lambda body: body.call.opened_at,
        line=_recommend,
    )
)
offer_queue(
    Queue(
        code="APPLICATION_ADMISSION",
        label=gettext_lazy("Late submission to admit"),
        place=124,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.admissions_to_confirm(user),
        since=lambda admission: admission.proposed_at,
        line=_admission,
    )
)
offer_queue(
    Queue(
        code="APPLICATION_OPENING",
        label=gettext_lazy("Opening before the deadline to confirm"),
        place=125,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.openings_to_confirm(user),
        since=lambda opening: opening.requested_at,
        line=_opening,
    )
)
