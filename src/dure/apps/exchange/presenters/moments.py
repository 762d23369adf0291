"""Moments in the time zones of those who meet."""

from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.timezone import localtime
from django.utils.translation import get_language

from dure.apps.exchange.kinds import HOME_ZONE, zone_of


@dataclass(frozen=True, slots=True)
class Clock:
    """A stretch of time as a clock somewhere shows it."""

    day: str
    hours: str
    city: str
    offset: str


def clock(since: datetime, until: datetime, zone: str) -> Clock:
    """A stretch of time in a zone, with its city and how far it is from UTC."""
    first, last = localtime(since, zone_of(zone)), localtime(until, zone_of(zone))
    hours = f"{first:%H:%M}–{last:%H:%M}"
    if first.date() != last.date():
        hours = f"{first:%H:%M} – {last:%m-%d %H:%M}"
    return Clock(f"{first:%Y-%m-%d}", hours, city_of(zone), _offset(first))


def clocks(since: datetime, until: datetime, *zones: str) -> list[Clock]:
    """The same stretch in Seoul and in the other zones, each once."""
    wanted = dict.fromkeys([HOME_ZONE, *zones])
    return [clock(since, until, zone) for zone in wanted]


def city_of(zone: str) -> str:
    """The city by which a zone goes, in the reader's language."""
    locale = Locale.parse(get_language() or "ko", sep="-")
    return str(get_timezone_location(zone_of(zone), locale=locale, return_city=True))


def _offset(moment: datetime) -> str:
    shift = moment.strftime("%z")
    hours, minutes = int(shift[:3]), shift[3:]
    return f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
