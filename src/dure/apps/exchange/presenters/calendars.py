"""Consultations as calendar files."""

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dure.apps.exchange.kinds import zone_of
from dure.apps.exchange.models import Talk
from dure.apps.exchange.presenters.words import Words
from dure.apps.exchange.stages import TalkStage
from dure.apps.people.queries import Reader


def calendar_of(talk: Talk, reader: Reader) -> bytes:
    """A consultation as a calendar file in the reader's language, its hours by the clock of the place."""
    meeting = talk.meeting
    address = settings.BASE_URL + talk.get_absolute_url()
    domain = settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
    name = Words(reader, [f"meeting:{meeting.pk}"])(f"meeting:{meeting.pk}", "name", meeting.name)
    event = Event()
    event.add("uid", f"exchange-{talk.pk}@{domain}")
    event.add("dtstamp", talk.recorded_at or talk.created_at)
    event.add("dtstart", localtime(talk.during.lower, zone_of(meeting.zone)))
    event.add("dtend", localtime(talk.during.upper, zone_of(meeting.zone)))
    event.add("summary", _("Consultation: %(sides)s") % {"sides": talk})
    event.add("location", ", ".join(filter(None, (meeting.place, talk.table, meeting.link))))
    event.add("description", "\n".join((str(name), address)))
    event.add("url", address)
    is_off = talk.stage in (TalkStage.CANCELLED, TalkStage.MISSED)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    file = Calendar()
    file.add("prodid", "-//dure//exchange//KO")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    file.add_missing_timezones()
    written: bytes = file.to_ical()
    return written
