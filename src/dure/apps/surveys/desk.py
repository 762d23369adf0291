"""What waits of surveys: answers of those who are asked, needs that the office allots."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.surveys import permissions, queries
from dure.apps.surveys.models import Asked, Wish
from dure.foundation.desk import Line, Queue, offer_queue


def _asked(asked: Asked, user: User) -> Line:
    page = reverse("surveys:answer", args=[asked.pk])
    until = _("until %(day)s") % {"day": f"{asked.survey.closes_at:%Y-%m-%d}"}
    return Line(
        title=str(asked.survey), url=page, who=str(asked.organisation), text=until,
        action=_("Answer"), href=page,
    )  # fmt: skip


def _wish(wish: Wish, user: User) -> Line:
    page = reverse("surveys:wish", args=[wish.pk])
    return Line(
        title=wish.title, url=page, who=str(wish.asked.organisation), action=_("Allot"), href=page
    )


offer_queue(
    Queue(
        code="SURVEY_TO_ANSWER",
        label=gettext_lazy("Demand survey to answer"),
        place=90,
        offered_to=queries.is_asked,
        waiting=queries.to_answer,
        since=lambda asked: asked.requested_at,
        line=_asked,
    )
)
offer_queue(
    Queue(
        code="WISH_TO_ALLOT",
        label=gettext_lazy("Need of a survey to allot"),
        place=105,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.to_allot(user),
        since=lambda wish: wish.asked.answered_at,
        line=_wish,
    )
)
