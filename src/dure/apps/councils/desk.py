"""What waits for members of councils, for who was asked, and for the secretary."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dure.apps.councils import permissions, queries
from dure.apps.councils.models import FollowUp, Meeting, Opinion, Vote, WinWinModel
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, line_of, offer_queue


def _vote(vote: Vote, user: User) -> Line:
    url = vote.get_absolute_url()
    return Line(title=str(vote.file), url=url, who=str(vote.rule_file), action=_("Vote"), href=url)


def _minutes(meeting: Meeting, user: User) -> Line:
    href = reverse("councils:confirm", args=[meeting.pk])
    return line_of(meeting, meeting.file, pgettext("minutes", "Read"), href=href)


def _opinion(opinion: Opinion, user: User) -> Line:
    number = _("Model %(number)s") % {"number": opinion.model.number}
    return Line(
        title=number, url=opinion.model.get_absolute_url(), who=str(opinion.model.file),
        text=_("by %(day)s") % {"day": opinion.due_on}, action=_("Give the opinion"),
        href=reverse("councils:opinion", args=[opinion.pk]),
    )  # fmt: skip


def _model(model: WinWinModel, user: User) -> Line:
    return line_of(model, model.large_firm, _("Look"), text=model.small_firm)


def _follow_up(follow_up: FollowUp, user: User) -> Line:
    return Line(
        title=str(follow_up), url=follow_up.model.get_absolute_url(), who=follow_up.owner,
        text=_("by %(day)s") % {"day": follow_up.due_on}, action=_("Say what came of it"),
        href=reverse("councils:follow_up_end", args=[follow_up.pk]),
    )  # fmt: skip


def _late(user: User, now: datetime) -> object:
    return queries.follow_ups_late(user, localdate(now))


offer_queue(
    Queue(
        code="COUNCIL_VOTE", label=gettext_lazy("Vote to cast"), place=4,
        offered_to=permissions.may_sit, waiting=lambda user, now: queries.votes_waiting_for(user),
        since=lambda vote: vote.opened_at, line=_vote,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="COUNCIL_MINUTES", label=gettext_lazy("Minutes to confirm"), place=25,
        offered_to=permissions.may_sit,
        waiting=lambda user, now: queries.minutes_to_confirm(user),
        since=lambda meeting: meeting.closed_at, line=_minutes,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="COUNCIL_OPINION", label=gettext_lazy("Opinion asked for"), place=26,
        offered_to=permissions.may_give_opinions,
        waiting=lambda user, now: queries.opinions_waiting_for(user),
        since=lambda opinion: opinion.asked_at, line=_opinion,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="COUNCIL_MODEL", label=gettext_lazy("Model to take up"), place=27,
        offered_to=permissions.may_run, waiting=lambda user, now: queries.models_waiting(user),
        since=lambda model: model.created_at, line=_model,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="COUNCIL_FOLLOW_UP", label=gettext_lazy("Follow-up that is late"), place=28,
        offered_to=permissions.may_run, waiting=_late, since=lambda follow_up: None,
        line=_follow_up,
    )
)  # fmt: skip
