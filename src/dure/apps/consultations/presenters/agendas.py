"""The agenda of one registration, as lines of a page and as a calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from dure.apps.briefings.models import Briefing, BriefingSeat
from dure.apps.fairs.models import Meeting, Registration, Side, Slot
from dure.foundation.parsing import single_line

SEOUL = ZoneInfo(settings.TIME_ZONE)
# How often calendars should look again.
LOOK_AGAIN = timedelta(minutes=15)
# A version of the timetable counts more than any number of changes inside it.
CHANGES_IN_A_VERSION = 10_000


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting, seen from one side."""

    meeting: Meeting
    other: Registration
    subject: str
    subject_url: str

    @property
    def place(self) -> str:
        """The hall and the table, as people find it."""
        return place_of(self.meeting)


@dataclass(frozen=True, slots=True)
class Session:
    """A briefing session in which people of the organisation have seats."""

    briefing: Briefing
    seats: list[BriefingSeat]

    @property
    def place(self) -> str:
        """The hall, if it is known."""
        return str(self.briefing.hall or "")

    @property
    def people(self) -> str:
        """Who goes there."""
        return ", ".join(seat.holder.name for seat in self.seats)


@dataclass(slots=True)
class Line:
    """One slot of an agenda: meetings, a break, or nothing; or the time of a briefing session."""

    slot: Slot | Briefing
    title: str = ""
    state: str = ""
    appointments: list[Appointment] = field(default_factory=list)
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    lines: list[Line]


def place_of(meeting: Meeting) -> str:
    """The hall and the table of a meeting."""
    return _("%(hall)s, table %(table)s") % {
        "hall": meeting.table.hall,
        "table": meeting.table.number,
    }


def appointment(meeting: Meeting, registration: Registration) -> Appointment:
    """A meeting as `registration` sees it: whom they meet, about what."""
    pair, language = meeting.pair, get_language()
    is_demand = registration.side == Side.DEMAND
    other = pair.supply if is_demand else pair.demand
    # Each side cares first for what the other brings.
    first, second = (pair.technology, pair.need) if is_demand else (pair.need, pair.technology)
    entry = first or second
    kind = "technology" if entry is not None and entry is pair.technology else "need"
    url = reverse(f"catalog:{kind}_detail", args=[entry.pk]) if entry else ""
    return Appointment(meeting, other, entry.title_in(language) if entry else "", url)


def days(
    registration: Registration,
    slots: Iterable[Slot],
    meetings: Iterable[Meeting],
    seats: Iterable[BriefingSeat],
    now: datetime,
) -> list[Day]:
    """The agenda by day: every slot, with what is in it, and the briefing sessions between."""
    lines = {slot.pk: Line(slot, slot_name(slot), state_of(slot, now)) for slot in slots}
    for meeting in meetings:
        lines[meeting.slot_id].appointments.append(appointment(meeting, registration))
    sessions = [
        Line(
            session.briefing,
            str(session.briefing),
            state_of(session.briefing, now),
            session=session,
        )
        for session in sessions_of(seats)
    ]
    by_day: dict[date, list[Line]] = {}
    for line in sorted([*lines.values(), *sessions], key=lambda line: line.slot.starts_at):
        by_day.setdefault(localtime(line.slot.starts_at).date(), []).append(line)
    return [Day(on, theirs) for on, theirs in by_day.items()]


def sessions_of(seats: Iterable[BriefingSeat]) -> list[Session]:
    """The sessions of seats, which stand in the order of their sessions."""
    return [Session(briefing, list(taken)) for briefing, taken in groupby(seats, _briefing_of)]


def slot_name(slot: Slot) -> str:
    """The name of a break in the reader's language."""
    if not slot.is_break:
        return ""
    named = slot.name_en if slot.name_en and get_language() == "en" else slot.name
    return named or _("Break")


def state_of(slot: Slot | Briefing, now: datetime) -> str:
    """Whether a slot is `past`, `now` or `next`."""
    if slot.ends_at <= now:
        return "past"
    return "now" if slot.starts_at <= now else "next"


def next_appointment(agenda: Iterable[Day], now: datetime) -> Line | None:
    """The first slot with a meeting that is not over."""
    return next((line for line in held_lines(agenda) if line.slot.ends_at > now), None)


def held_lines(agenda: Iterable[Day]) -> Iterator[Line]:
    """The slots in which there is a meeting."""
    return (line for day in agenda for line in day.lines if line.appointments)


def calendar(
    registration: Registration, meetings: Iterable[Meeting], seats: Iterable[BriefingSeat]
) -> bytes:
    """The agenda as an iCalendar feed in the current language; freed meetings say so.

    A pair keeps its UID through all versions of the timetable, and its SEQUENCE only grows.
    """
    feed = Calendar()
    feed.add("prodid", "-//dure//fairs//KO")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", single_line(f"{registration.fair} · {registration.organisation}"))
    feed.add("x-wr-timezone", settings.TIME_ZONE)
    feed.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    feed.add("x-published-ttl", LOOK_AGAIN)
    feed.add_component(_timezone())
    for meeting in meetings:
        feed.add_component(_event(registration, meeting))
    for session in sessions_of(seats):
        feed.add_component(_event_of_session(registration, session))
    written: bytes = feed.to_ical()
    return written


@cache
def _timezone() -> Timezone:
    """What calendars must know of our clock; made once, for it takes longer than the rest."""
    return Timezone.from_tzid(settings.TIME_ZONE)


def _event(registration: Registration, meeting: Meeting) -> Event:
    seen = appointment(meeting, registration)
    address = settings.BASE_URL + reverse("consultations:agenda", args=[registration.fair_id])
    event = Event()
    event.add("uid", f"pair-{meeting.pair_id}-{registration.pk}@{_domain()}")
    event.add("sequence", meeting.timetable.number * CHANGES_IN_A_VERSION + meeting.revision)
    event.add("dtstamp", meeting.changed_at or meeting.timetable.released_at)
    event.add("dtstart", meeting.slot.starts_at.astimezone(SEOUL))
    event.add("dtend", meeting.slot.ends_at.astimezone(SEOUL))
    event.add("summary", _("Meeting with %(name)s") % {"name": seen.other.organisation})
    event.add("location", f"{registration.fair.where} {seen.place}")
    event.add("description", "\n".join(filter(None, [seen.subject, address])))
    event.add("url", address)
    event.add("status", "CANCELLED" if meeting.freed_at else "CONFIRMED")
    return event


def _event_of_session(registration: Registration, session: Session) -> Event:
    briefing = session.briefing
    address = settings.BASE_URL + reverse("briefings:briefings", args=[registration.fair_id])
    event = Event()
    event.add("uid", f"briefing-{briefing.pk}-{registration.pk}@{_domain()}")
    event.add("sequence", briefing.revision)
    taken_at = max(seat.taken_at for seat in session.seats)
    event.add("dtstamp", max(taken_at, briefing.changed_at or taken_at))
    event.add("dtstart", briefing.starts_at.astimezone(SEOUL))
    event.add("dtend", briefing.ends_at.astimezone(SEOUL))
    event.add("summary", str(briefing))
    event.add("location", f"{registration.fair.where} {session.place}".strip())
    lines = [briefing.speaker, _("Seats: %(people)s") % {"people": session.people}, address]
    event.add("description", "\n".join(filter(None, lines)))
    event.add("url", address)
    event.add("status", "CONFIRMED")
    return event


def _briefing_of(seat: BriefingSeat) -> Briefing:
    return seat.briefing


def _domain() -> str:
    return settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
