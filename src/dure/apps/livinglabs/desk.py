"""What of living labs waits on whose desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.livinglabs import queries
from dure.apps.livinglabs.models import Answer, Trial
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, offer_queue


def _answer_line(trial: Trial, user: User) -> Line:
    return Line(
        title=str(trial.lab),
        url=trial.lab.get_absolute_url(),
        who=_("Until %(day)s") % {"day": trial.closes_on.isoformat()},
        action=_("Try and answer"),
        href=reverse("livinglabs:answer", args=[trial.pk]),
    )


def _reply_line(answer: Answer, user: User) -> Line:
    return Line(
        title=str(answer.trial.lab),
        url=answer.trial.lab.get_absolute_url(),
        who=str(answer.participant),
        action=_("Reply"),
        href=reverse("livinglabs:reply", args=[answer.pk]),
    )


offer_queue(
    Queue(
        code="LAB_TO_ANSWER",
        label=gettext_lazy("Something to try"),
        place=71,
        offered_to=queries.is_consumer,
        waiting=lambda user, now: queries.to_answer(user).order_by("closes_on", "pk"),
        since=lambda trial: trial.opened_at,
        line=_answer_line,
    )
)
offer_queue(
    Queue(
        code="LAB_TO_REPLY",
        label=gettext_lazy("Consumers to reply to"),
        place=72,
        offered_to=queries.leads_any_lab,
        waiting=lambda user, now: queries.without_reply(user).order_by("answered_at", "pk"),
        since=lambda answer: answer.answered_at,
        line=_reply_line,
    )
)
