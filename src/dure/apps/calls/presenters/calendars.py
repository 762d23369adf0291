"""Deadlines as a calendar: the page of a month, and the feed for calendar programs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from dure.apps.calls.models import Call, Round
from dure.apps.calls.queries import SEOUL
from dure.apps.calls.stages import CallStage

# How often calendars should look again.
LOOK_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Moment:
    """A call, or one of its rounds, opens or closes."""

    at: datetime
    call: Call
    label: str
    is_end: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What happens on one day."""

    on: date
    moments: list[Moment]


def month(calls: Iterable[Call], first: date) -> list[Day]:
    """The days of the month that begins on `first` on which something opens or closes."""
    days: dict[date, list[Moment]] = {}
    for call in calls:
        for moment in _moments(call):
            on = localtime(moment.at).date()
            if (on.year, on.month) == (first.year, first.month):
                days.setdefault(on, []).append(moment)
    return [
        Day(on, sorted(moments, key=lambda moment: (moment.at, moment.call.pk)))
        for on, moments in sorted(days.items())
    ]


def _moments(call: Call) -> Iterator[Moment]:
    spans: list[Call | Round] = list(call.rounds.all()) or [call]
    for span in spans:
        name = "" if span is call else f" ({span})"
        yield Moment(span.opens_at, call, _("Opens") + name, is_end=False)
        if span.deadline_at is not None:
            ends = call.ended_at if call.stage == CallStage.CLOSED_EARLY else None
            if ends is None or span.deadline_at <= ends:
                yield Moment(span.deadline_at, call, _("Closes") + name, is_end=True)
    if call.stage == CallStage.CLOSED_EARLY:
        yield Moment(call.ended_at, call, _("Closed early"), is_end=True)


def feed(calls: Iterable[Call], name: str) -> bytes:
    """The deadlines of calls as an iCalendar feed in the current language; cancelled ones say so.

    A deadline keeps its UID, and its SEQUENCE grows with everything that is announced of the call.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//dure//calls//KO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", LOOK_AGAIN)
    calendar.add_component(_timezone())
    for call in calls:
        for span in list(call.rounds.all()) or [call]:
            if span.deadline_at is not None:
                calendar.add_component(_event(call, span))
    written: bytes = calendar.to_ical()
    return written


@cache
def _timezone() -> Timezone:
    """What calendars must know of our clock; made once, for it takes longer than the rest."""
    return Timezone.from_tzid(settings.TIME_ZONE)


def _event(call: Call, span: Call | Round) -> Event:
    address = settings.BASE_URL + reverse("calls:call", args=[call.pk])
    part = "" if span is call else f"-{span.number}"
    is_off = call.stage in (CallStage.CANCELLED, CallStage.CLOSED_EARLY)
    event = Event()
    event.add("uid", f"call-{call.uid}{part}@{_domain()}")
    event.add("sequence", call.revision)
    event.add("dtstamp", call.changed_at or call.announced_at)
    event.add("dtstart", span.deadline_at.astimezone(SEOUL))
    event.add("dtend", span.deadline_at.astimezone(SEOUL))
    name = str(call) if span is call else f"{call} ({span})"
    event.add("summary", _("Deadline: %(title)s") % {"title": name})
    event.add("description", f"{call.version.programme}\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _domain() -> str:
    return settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
