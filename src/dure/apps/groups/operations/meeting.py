"""Meetings of groups: planned, called off, who came, photos, addresses of calendars."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from dure.apps.groups import permissions, queries
from dure.apps.groups.kinds import Way
from dure.apps.groups.models import CalendarAddress, Group, Meeting, Photo, Presence
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.groups.stages import MeetingStage
from dure.apps.people.models import User
from dure.foundation import pictures
from dure.foundation.files import clean_name
from dure.foundation.verdict import Refused

MOST_PRESENT = 1000
MOST_PHOTOS = 12


@transaction.atomic
def plan_meeting(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Meeting:
    """Plan a meeting and tell the group; `values` are fields of it. Raises Refused."""
    permissions.may_act_for(by, group, localdate(at)).require()
    if values["ends_at"] <= values["starts_at"]:
        raise Refused(Reason.ENDS_BEFORE)
    made = Meeting.objects.create(
        group=group, code=secrets.token_urlsafe(24), created_by=by, created_at=at, **values
    )
    _tell(made, "CALLED", by, at)
    return made


@transaction.atomic
def change_meeting(*, meeting: Meeting, values: dict[str, Any], by: User, at: datetime) -> Meeting:
    """Change day, place or agenda of a meeting that was not held yet. Raises Refused."""
    meeting = _locked(meeting)
    permissions.may_act_for(by, meeting.group, localdate(at)).require()
    _require(meeting, MeetingStage.PLANNED)
    if values["ends_at"] <= values["starts_at"]:
        raise Refused(Reason.ENDS_BEFORE)
    is_moved = (meeting.starts_at, meeting.place) != (values["starts_at"], values["place"])
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save()
    if is_moved:
        _tell(meeting, "CALLED", by, at)
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Call a meeting off and tell the group. Raises Refused."""
    meeting = _locked(meeting)
    permissions.may_act_for(by, meeting.group, localdate(at)).require()
    _require(meeting, MeetingStage.PLANNED)
    meeting.stage = MeetingStage.CANCELLED
    meeting.save(update_fields=["stage"])
    _tell(meeting, "CANCELLED", by, at)
    return meeting


@transaction.atomic
def come(*, code: str, by: User | None, at: datetime, name: str = "", firm: str = "") -> Presence:
    """Be at the meeting whose code was scanned: with an account, or as a guest by name.

    Only at the hours of the meeting, and once. Raises Refused.
    """
    meeting = queries.meeting_by_code(code)
    if meeting is None or not meeting.lets_in(at):
        raise Refused(Reason.CODE_OVER)
    return _enter(
        _locked(meeting), Presence(user=by, name=str(by) if by else name, firm=firm, way=Way.CODE),
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def note_present(
    *, meeting: Meeting, user: User | None, name: str, firm: str, by: User, at: datetime
) -> Presence:
    """Put somebody without a phone on the list. Raises Refused."""
    meeting = _locked(meeting)
    permissions.may_act_for(by, meeting.group, localdate(at)).require()
    _require(meeting, MeetingStage.PLANNED, MeetingStage.HELD)
    if localdate(meeting.starts_at) > localdate(at):
        raise Refused(Reason.NOT_BEGUN)
    presence = Presence(user=user, name=str(user) if user else name, firm=firm, way=Way.LIST)
    return _enter(meeting, presence, by=by, at=at)


@transaction.atomic
def add_photo(*, meeting: Meeting, file: File, caption: str, by: User, at: datetime) -> Photo:
    """Keep a photo without its metadata. Raises Refused."""
    meeting = _locked(meeting)
    permissions.may_act_for(by, meeting.group, localdate(at)).require()
    if meeting.photos.count() >= MOST_PHOTOS:
        raise Refused(Reason.PHOTOS_FULL, limit=MOST_PHOTOS)
    content = _drawn(file)
    return Photo.objects.create(
        meeting=meeting, file=ContentFile(content, "photo"), caption=caption, size=len(content),
        added_by=by, added_at=at,
    )  # fmt: skip


@transaction.atomic
def remove_photo(*, photo: Photo, by: User, at: datetime) -> None:
    """Take a photo away, also from the disk: somebody in it may want that. Raises Refused."""
    permissions.may_act_for(by, photo.meeting.group, localdate(at)).require()
    kept = photo.file
    photo.delete()
    transaction.on_commit(lambda: kept.storage.delete(kept.name))


@transaction.atomic
def renew_calendar(*, group: Group | None, by: User) -> CalendarAddress:
    """Give one's calendar of a group, or of all one's groups, an address; the old one ends."""
    if group is not None:
        permissions.may_read_minutes(by, group).require()
    made, _ = CalendarAddress.objects.update_or_create(
        user=by, group=group, defaults={"token": secrets.token_urlsafe(32)}
    )
    return made


def end_calendar(*, group: Group | None, by: User) -> None:
    """End the address of one's calendar."""
    CalendarAddress.objects.filter(user=by, group=group).delete()


def _drawn(file: File) -> bytes:
    content = pictures.shown(file) if file.size <= settings.DURE_UPLOAD_LIMIT else None
    if content is None:
        raise Refused(Reason.NO_PICTURE, name=clean_name(file.name or ""))
    return content


def _locked(meeting: Meeting) -> Meeting:
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("group")
    return meetings.get(pk=meeting.pk)


def _require(meeting: Meeting, *stages: MeetingStage) -> None:
    if meeting.stage not in stages:
        raise Refused(Reason.STAGE_CLOSED)


def _enter(meeting: Meeting, presence: Presence, *, by: User | None, at: datetime) -> Presence:
    _require(meeting, MeetingStage.PLANNED, MeetingStage.HELD)
    if meeting.presences.count() >= MOST_PRESENT:
        raise Refused(Reason.ROOM_FULL)
    presence.meeting, presence.entered_by, presence.at = meeting, by, at
    try:
        with transaction.atomic():
            presence.save()
    except IntegrityError as error:
        raise Refused(Reason.THERE_ALREADY, name=presence.name) from error
    return presence


def _tell(meeting: Meeting, event: str, by: User, at: datetime) -> None:
    day = localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M")
    tell_people(
        queries.people_of_group(meeting.group), event, by=by, url=meeting.get_absolute_url(),
        at=at, group=meeting.group, title=meeting.title, day=day,
    )  # fmt: skip
