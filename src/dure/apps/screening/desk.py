"""What of audits waits on whose desk."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.projects.queries import spends_anywhere
from dure.apps.screening import permissions, queries
from dure.apps.screening.models import Question
from dure.foundation.desk import Line, Queue, offer_queue


def _asked(question: Question, user: User) -> Line:
    return Line(
        title=str(question.case.project),
        url=question.get_absolute_url(),
        who=question.due_on.isoformat(),
        text=question.text,
        action=_("Answer"),
        href=question.get_absolute_url(),
    )


def _answered(question: Question, user: User) -> Line:
    return Line(
        title=str(question.case.project),
        url=question.case.get_absolute_url(),
        who=str(question.answered_by or question.due_on.isoformat()),
        text=question.answer,
        action=_("Decide"),
        href=reverse("screening:judge", args=[question.pk]),
    )


offer_queue(
    Queue(
        code="AUDIT_QUESTION",
        label=gettext_lazy("Questions about spending"),
        place=31,
        offered_to=spends_anywhere,
        waiting=lambda user, now: queries.to_answer(user),
        since=lambda question: question.asked_at,
        line=_asked,
    )
)
offer_queue(
    Queue(
        code="AUDIT_ANSWER",
        label=gettext_lazy("Answers to judge"),
        place=32,
        offered_to=permissions.may_screen,
        waiting=lambda user, now: queries.to_judge(user, localdate(now)),
        since=lambda question: question.answered_at or question.asked_at,
        line=_answered,
        route="screening:cases",
    )
)
