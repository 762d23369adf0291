"""Minutes of a group's meeting: written by one, confirmed by another, then they stand."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.groups import permissions, queries
from dure.apps.groups.models import Activity, Meeting
from dure.apps.groups.operations.acting import keep_activity
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.groups.stages import MeetingStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, minutes: str, result: str, by: User, at: datetime
) -> Meeting:
    """Write the minutes, or change them while nobody has confirmed them. Raises Refused."""
    meeting = _locked(meeting)
    permissions.may_act_for(by, meeting.group, localdate(at)).require()
    if meeting.stage not in (MeetingStage.PLANNED, MeetingStage.HELD):
        raise Refused(Reason.STAGE_CLOSED)
    if meeting.starts_at > at:
        raise Refused(Reason.NOT_BEGUN)
    meeting.minutes, meeting.result = minutes, result
    meeting.minutes_by, meeting.minutes_at = by, at
    meeting.stage = MeetingStage.HELD
    meeting.save()
    there = User.objects.filter(pk__in=meeting.presences.exclude(user=None).values("user"))
    officers = queries.officers_on(meeting.group, localdate(at))
    tell_people(
        (*there.order_by("pk"), *officers), "MINUTES", by=by, url=meeting.get_absolute_url(),
        at=at, group=meeting.group, title=meeting.title,
    )  # fmt: skip
    return meeting


@transaction.atomic
def confirm_minutes(*, meeting: Meeting, by: User, at: datetime) -> Activity:
    """Confirm minutes that somebody else wrote: they stand, and the activity is noted.

    Raises Refused.
    """
    meeting = _locked(meeting)
    permissions.may_confirm(by, meeting, localdate(at)).require()
    meeting.stage = MeetingStage.CONFIRMED
    meeting.confirmed_by, meeting.confirmed_at = by, at
    meeting.activity = keep_activity(
        group=meeting.group,
        values={
            "on": localdate(meeting.starts_at),
            "title": meeting.title,
            "attended": meeting.presences.count(),
            "minutes": meeting.minutes,
            "result": meeting.result,
        },
        by=meeting.minutes_by,
        at=at,
    )
    meeting.save()
    return meeting.activity


def _locked(meeting: Meeting) -> Meeting:
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("group")
    return meetings.get(pk=meeting.pk)
