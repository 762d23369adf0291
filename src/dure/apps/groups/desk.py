"""What waits for people of groups, for who owns a request, for coordinators and the office."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dure.apps.groups import adapter, permissions, queries
from dure.apps.groups.models import Due, Goal, Group, Meeting, PackageStep, Pair, Proposal
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, line_of, offer_queue


def _meeting(meeting: Meeting, user: User) -> Line:
    begins = localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M")
    return line_of(meeting, meeting.group, _("Look"), text=f"{begins} {meeting.place}")


def _minutes(meeting: Meeting, user: User) -> Line:
    return line_of(meeting, meeting.group, pgettext("minutes", "Read"))


def _due(due: Due, user: User) -> Line:
    url = reverse("groups:money", args=[due.rate.group_id])
    owed = _("%(amount)s won since %(day)s") % {"amount": f"{due.open:,}", "day": due.rate.due_on}
    return Line(
        title=str(due.member), url=url, who=str(due.rate.group), text=owed, action=_("Look"),
        href=url,
    )  # fmt: skip


def _survey(group: Group, user: User) -> Line:
    href = reverse("groups:survey_answer", args=[group.pk])
    return line_of(group, _("Yearly survey"), _("Answer the survey"), href=href)


def _goal(goal: Goal, user: User) -> Line:
    return Line(
        title=str(goal), url=goal.group.get_absolute_url(), who=str(goal.group),
        text=str(goal.year), action=_("Review a goal"),
        href=reverse("groups:review", args=[goal.pk]),
    )  # fmt: skip


def _raised(proposal: Proposal, user: User) -> Line:
    href = reverse("groups:take_up", args=[proposal.pk])
    kind = proposal.get_kind_display()
    return line_of(proposal, proposal.group, _("Give it an owner"), href=href, text=kind)


def _owned(proposal: Proposal, user: User) -> Line:
    href = reverse("groups:answer", args=[proposal.pk])
    until = _("Answer by %(day)s") % {"day": proposal.due_on}
    return line_of(proposal, proposal.group, _("Answer it"), href=href, text=until)


def _pair(pair: Pair, user: User) -> Line:
    return line_of(pair, pair.coordinator, _("Answer"))


def _plan(pair: Pair, user: User) -> Line:
    href = reverse("groups:pre_plan", args=[pair.pk])
    return line_of(pair, _("Both want it"), _("Write the pre-plan"), href=href)


def _step(step: PackageStep, user: User) -> Line:
    group = step.package.group
    return Line(
        title=adapter.stage_name(step), url=group.get_absolute_url(), who=str(group),
        text=adapter.gate_name(step), action=_("Write down the decision"),
        href=reverse("groups:gate", args=[step.pk]),
    )  # fmt: skip


def _unsurveyed(user: User, now: datetime) -> object:
    acted = queries.groups_acted_for(user, localdate(now))
    return queries.unanswered(acted, localdate(now)).order_by("surveyed_on", "pk")


offer_queue(
    Queue(
        code="GROUP_MEETING", label=gettext_lazy("Meeting of your group"), place=29,
        offered_to=permissions.may_take_part, waiting=queries.meetings_soon,
        since=lambda meeting: meeting.created_at, line=_meeting,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_MINUTES", label=gettext_lazy("Minutes of your group to confirm"), place=30,
        offered_to=permissions.may_take_part, waiting=queries.minutes_to_confirm,
        since=lambda meeting: meeting.minutes_at, line=_minutes,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_DUES", label=gettext_lazy("Dues that are late"), place=31,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.dues_to_collect(user, localdate(now)),
        since=lambda due: None, line=_due,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_SURVEY", label=gettext_lazy("Survey of your group"), place=32,
        offered_to=permissions.may_take_part, waiting=_unsurveyed, since=lambda group: None,
        line=_survey,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_GOAL", label=gettext_lazy("Goal to review"), place=33,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.goals_to_review(user, localdate(now)),
        since=lambda goal: None, line=_goal,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_PAIR", label=gettext_lazy("Firm of another industry that could fit"), place=34,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.pairs_to_answer(user),
        since=lambda pair: pair.proposed_at, line=_pair,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_PLAN", label=gettext_lazy("Pre-plan to write"), place=35,
        offered_to=permissions.may_converge,
        waiting=lambda user, now: queries.pairs_to_plan(user),
        since=lambda pair: pair.proposed_at, line=_plan,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_RAISED", label=gettext_lazy("Request of a federation without an owner"),
        place=36, offered_to=permissions.may_run,
        waiting=lambda user, now: queries.proposals_to_take_up(user),
        since=lambda proposal: proposal.raised_at, line=_raised,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_OWNED", label=gettext_lazy("Request of a federation to answer"), place=37,
        offered_to=permissions.may_own,
        waiting=lambda user, now: queries.proposals_owned_by(user),
        since=lambda proposal: proposal.raised_at, line=_owned,
    )
)  # fmt: skip
offer_queue(
    Queue(
        code="GROUP_STEP", label=gettext_lazy("Step of a project group to decide"), place=38,
        offered_to=permissions.may_run, waiting=lambda user, now: queries.steps_to_decide(),
        since=lambda step: step.shown_at, line=_step,
    )
)  # fmt: skip
