"""Meetings of groups for calendar programs, and the secret addresses of the feeds."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from dure.apps.groups import queries
from dure.apps.groups.models import Group, Meeting
from dure.apps.groups.stages import MeetingStage
from dure.apps.people.models import User

LOOK_AGAIN = timedelta(hours=1)


def feed(meetings: Iterable[Meeting], name: str) -> bytes:
    """Meetings as an iCalendar feed; those that were called off say so."""
    calendar = Calendar()
    calendar.add("prodid", "-//dure//groups//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add_component(_timezone())
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    written: bytes = calendar.to_ical()
    return written


def addresses(user: User, groups: Iterable[Group]) -> list[dict[str, Any]]:
    """The calendar of all one's groups, then that of each, with its address where it has one."""
    rows = []
    for group in (None, *groups):
        known = queries.calendar_of(user, group)
        path = reverse("groups:feed", args=[known.token]) if known else ""
        rows.append(
            {
                "name": str(group) if group else _("All my groups"),
                "group": group.pk if group else "",
                "url": f"{settings.BASE_URL}{path}?lang={get_language()}" if path else "",
            }
        )
    return rows


@cache
def _timezone() -> Timezone:
    return Timezone.from_tzid(settings.TIME_ZONE)


def _event(meeting: Meeting) -> Event:
    address = settings.BASE_URL + meeting.get_absolute_url()
    is_off = meeting.stage == MeetingStage.CANCELLED
    event = Event()
    event.add("uid", f"group-meeting-{meeting.pk}@{_domain()}")
    event.add("dtstamp", meeting.created_at)
    event.add("dtstart", localtime(meeting.starts_at))
    event.add("dtend", localtime(meeting.ends_at))
    event.add("summary", f"{meeting.group}: {meeting.title}")
    event.add("location", meeting.place)
    event.add("description", f"{meeting.agenda}\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def _domain() -> str:
    return settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
