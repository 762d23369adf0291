"""Seats and meetings: from the notice to the end."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from dure.apps.councils import permissions, queries
from dure.apps.councils.kinds import Council
from dure.apps.councils.models import (
    Attendance,
    Interest,
    Item,
    Meeting,
    Paper,
    Proxy,
    Seat,
    WinWinModel,
)
from dure.apps.councils.operations.telling import tell_people
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import MEETING_NEXT, MeetingStage, VoteStage
from dure.apps.people.models import User
from dure.foundation.files import Unfit, examined
from dure.foundation.verdict import Refused

EARLY = (MeetingStage.PLANNED, MeetingStage.CALLED)


@transaction.atomic
def name_seat(
    *, council: Council, user: User, side: str, is_chair: bool, stands_in_for: Seat | None,
    starts_on: date, ends_on: date, by: User,
) -> Seat:  # fmt: skip
    """Give somebody a seat for a term. Raises Refused."""
    permissions.may_run(by).require()
    if ends_on < starts_on:
        raise Refused(Reason.ENDS_TOO_EARLY)
    held = Seat.objects.filter(
        council=council.id, user=user, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if held.exists():
        raise Refused(Reason.ALREADY_A_MEMBER)
    return Seat.objects.create(
        council=council.id, user=user, side=side, is_chair=is_chair, stands_in_for=stands_in_for,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: User) -> Seat:
    """End a seat early; `on` is its last day. Votes that were cast stay. Raises Refused."""
    permissions.may_run(by).require()
    if on < seat.starts_on:
        raise Refused(Reason.ENDS_TOO_EARLY)
    seat.ends_on = min(on, seat.ends_on)
    seat.save(update_fields=["ends_on"])
    return seat


@transaction.atomic
def plan(*, council: Council, values: dict[str, Any], by: User, at: datetime) -> Meeting:
    """Plan a meeting: title, begin, place, address online. Raises Refused."""
    permissions.may_run(by).require()
    return Meeting.objects.create(council=council.id, **values, created_by=by, created_at=at)


@transaction.atomic
def add_item(
    *, meeting: Meeting, title: str, text: str, model: WinWinModel | None, by: User
) -> Item:
    """Put an item at the end of the agenda. Raises Refused."""
    permissions.may_run(by).require()
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.stage not in (*EARLY, MeetingStage.OPEN):
        raise Refused(Reason.STAGE_CLOSED)
    last = meeting.items.order_by("-place").first()
    place = last.place + 1 if last else 1
    return Item.objects.create(meeting=meeting, place=place, title=title, text=text, model=model)


@transaction.atomic
def add_paper(*, item: Item, file: File, by: User, at: datetime) -> Paper:
    """Put a paper to an item. Raises Refused, also where the file is not taken."""
    permissions.may_run(by).require()
    about = examined(file, settings.DURE_UPLOAD_LIMIT)
    if isinstance(about, Unfit):
        raise Refused(Reason(about))
    return Paper.objects.create(item=item, file=file, added_by=by, added_at=at, **about.as_fields())


@transaction.atomic
def move_meeting(*, meeting: Meeting, stage: str, by: User, at: datetime) -> Meeting:
    """Call a meeting, open it, end it, or call it off. Raises Refused.

    It is called with an agenda and so many days before as the council's file says. It ends when no
    vote is open any more.
    """
    permissions.may_run(by).require()
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stage not in MEETING_NEXT[MeetingStage(meeting.stage)] - {MeetingStage.CONFIRMED}:
        raise Refused(Reason.STAGE_CLOSED)
    if stage == MeetingStage.CALLED:
        _require_notice(meeting, at)
        meeting.called_at = at
    if stage == MeetingStage.CLOSED:
        if meeting.items.filter(votes__stage=VoteStage.OPEN).exists():
            raise Refused(Reason.VOTE_OPEN)
        meeting.closed_at = at
    meeting.stage = stage
    meeting.save(update_fields=["stage", "called_at", "closed_at"])
    if stage in (MeetingStage.CALLED, MeetingStage.CANCELLED):
        _tell_members(meeting, str(stage), by, at)
    return meeting


@transaction.atomic
def come(*, meeting: Meeting, seat: Seat, way: str, by: User, at: datetime) -> Attendance:
    """Somebody is there, in the room or online; also again, after having left. Raises Refused."""
    permissions.may_attend(by, meeting, seat).require()
    attendance, _made = Attendance.objects.update_or_create(
        meeting=meeting, seat=seat, defaults={"way": way, "left_at": None},
        create_defaults={"way": way, "came_at": at},
    )  # fmt: skip
    return attendance


@transaction.atomic
def leave(*, meeting: Meeting, seat: Seat, by: User, at: datetime) -> None:
    """Somebody has left. Who has not voted by then casts no vote. Raises Refused."""
    permissions.may_attend(by, meeting, seat).require()
    meeting.attendances.filter(seat=seat, left_at=None).update(left_at=at)


@transaction.atomic
def declare_interest(*, item: Item, seat: Seat, reason: str, by: User, at: datetime) -> Interest:
    """A member has an interest in an item, and takes no part in it. Raises Refused."""
    permissions.may_declare(by, item.meeting, seat).require()
    if item.votes.filter(electors__voter=seat).exists():
        raise Refused(Reason.VOTE_OPEN)
    interest, _made = Interest.objects.get_or_create(
        item=item, seat=seat,
        defaults={"reason": reason, "declared_by": by, "declared_at": at},
    )  # fmt: skip
    return interest


@transaction.atomic
def give_proxy(*, meeting: Meeting, giver: Seat, holder: Seat, by: User, at: datetime) -> Proxy:
    """Let another member vote for one who does not come. Raises Refused."""
    permissions.may_declare(by, meeting, giver).require()
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if giver.pk == holder.pk:
        raise Refused(Reason.OWN_PROXY)
    most = max(rule.proxies for rule in meeting.file.rules_on(localdate(meeting.starts_at)))
    if meeting.proxies.filter(holder=holder).exclude(giver=giver).count() >= most:
        raise Refused(Reason.TOO_MANY_PROXIES)
    proxy, _made = Proxy.objects.update_or_create(
        meeting=meeting, giver=giver,
        defaults={"holder": holder, "given_by": by, "given_at": at},
    )  # fmt: skip
    return proxy


def _require_notice(meeting: Meeting, at: datetime) -> None:
    if not meeting.items.exists():
        raise Refused(Reason.NO_ITEMS)
    days = (localdate(meeting.starts_at) - localdate(at)).days
    if days < meeting.file.notice_days:
        raise Refused(Reason.NOTICE_TOO_SHORT)


def _tell_members(meeting: Meeting, event: str, by: User, at: datetime) -> None:
    people = queries.member_users(meeting.council, localdate(meeting.starts_at))
    day = date_format(localtime(meeting.starts_at), "Y-m-d H:i")
    tell_people(
        people, event, meeting.file, meeting.get_absolute_url(), by, at,
        meeting=meeting.title, day=day,
    )  # fmt: skip
