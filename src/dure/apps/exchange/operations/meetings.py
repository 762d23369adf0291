"""Exchange meetings: planned, changed, opened, held; delegations that come to them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dure.apps.exchange import permissions
from dure.apps.exchange.kinds import zones
from dure.apps.exchange.models import Delegation, ExchangeMeeting
from dure.apps.exchange.operations.holding import locked_meeting
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import MeetingStage, TalkStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def plan_meeting(*, values: Mapping[str, Any], by: User, at: datetime) -> ExchangeMeeting:
    """Plan a meeting; `values` are fields of the model. Raises Refused."""
    permissions.may_run(by).require()
    meeting = ExchangeMeeting(**values, created_by=by, created_at=at)
    _require_whole(meeting)
    meeting.save()
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: ExchangeMeeting, values: Mapping[str, Any], by: User
) -> ExchangeMeeting:
    """Change a meeting that is not over; its consultations stay within its time. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_change_meeting(by, meeting).require()
    for name, value in values.items():
        setattr(meeting, name, value)
    _require_whole(meeting)
    arranged = meeting.talks.exclude(stage=TalkStage.CANCELLED)
    if any(
        talk.during.lower < meeting.starts_at or talk.during.upper > meeting.ends_at
        for talk in arranged
    ):
        raise Refused(Reason.OUTSIDE_MEETING)
    meeting.save()
    return meeting


@transaction.atomic
def move(*, meeting: ExchangeMeeting, stage: str, by: User, at: datetime) -> ExchangeMeeting:
    """Take a meeting to its next stage; it is held once it has begun. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_move(by, meeting, stage).require()
    if stage == MeetingStage.HELD and meeting.starts_at > at:
        raise Refused(Reason.NOT_YET)
    meeting.stage = stage
    meeting.save(update_fields=["stage"])
    return meeting


@transaction.atomic
def add_delegation(
    *,
    meeting: ExchangeMeeting,
    country: str,
    name: str,
    head: str = "",
    arrives_on: date | None = None,
    leaves_on: date | None = None,
    by: User,
    at: datetime,
) -> Delegation:
    """Enter firms of a country that come together. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_change_meeting(by, meeting).require()
    if arrives_on and leaves_on and leaves_on < arrives_on:
        raise Refused(Reason.BAD_TIME)
    return Delegation.objects.get_or_create(
        meeting=meeting,
        name=name,
        defaults={
            "country": country,
            "head": head,
            "arrives_on": arrives_on,
            "leaves_on": leaves_on,
            "created_by": by,
            "created_at": at,
        },
    )[0]


def _require_whole(meeting: ExchangeMeeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(Reason.BAD_TIME)
    if meeting.zone not in zones():
        raise Refused(Reason.UNKNOWN_ZONE)
