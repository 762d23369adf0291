"""The day of a panel as calendar files, and the e-mail that brings one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dure.apps.people.models import User
from dure.apps.selection.models import Item, Panel

CALENDAR_FILE = "panel.ics"


def panel_calendar(panel: Panel) -> bytes:
    """The day of a panel for who sits on it, in the current language; it names no applicant."""
    address = _address("selection:agenda", panel.pk)
    times = [item.presents_at for item in panel.items.all() if item.presents_at]
    length = timedelta(minutes=panel.minutes_each)
    event = _event(
        panel, f"panel-{panel.pk}", panel.meets_at, max(times, default=panel.meets_at) + length
    )
    event.add("summary", _("Panel: %(call)s") % {"call": panel.selection})
    event.add("description", address)
    event.add("url", address)
    return _calendar(event)


def presentation_calendar(item: Item) -> bytes:
    """When an applicant presents, for its people, in the current language."""
    panel, address = item.panel, _address("selection:reviews")
    until = item.presents_at + timedelta(minutes=panel.minutes_each)
    event = _event(panel, f"presentation-{item.pk}", item.presents_at, until)
    event.add("summary", _("Presentation: %(number)s") % {"number": item.application.number})
    event.add("description", f"{panel.selection}\n{address}")
    event.add("url", address)
    return _calendar(event)


def invitation(panel: Panel, item: Item | None, person: User) -> EmailMessage:
    """The e-mail that invites a member of a panel, or who presents before it."""
    with translation.override(person.language):
        starts_at = panel.meets_at if item is None else item.presents_at
        subject = _("[dure] Day of the panel: %(call)s") % {"call": panel.selection}
        context = {
            "person": person,
            "panel": panel,
            "item": item,
            "when": f"{localtime(starts_at):%Y-%m-%d %H:%M}",
            "url": _address("selection:reviews"),
        }
        message = EmailMessage(
            " ".join(subject.split())[:200],
            render_to_string("selection/email/invitation.txt", context),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        file = panel_calendar(panel) if item is None else presentation_calendar(item)
    message.attach(CALENDAR_FILE, file.decode(), "text/calendar")
    return message


def _event(panel: Panel, uid: str, starts_at: datetime, ends_at: datetime) -> Event:
    """An event whose SEQUENCE grows each time that the day is planned."""
    domain = settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
    event = Event()
    event.add("uid", f"{uid}@{domain}")
    event.add("sequence", panel.day_revision)
    event.add("dtstamp", panel.day_planned_at or panel.meets_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("location", panel.place)
    event.add("status", "CONFIRMED")
    return event


def _calendar(event: Event) -> bytes:
    file = Calendar()
    file.add("prodid", "-//dure//selection//KO")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    written: bytes = file.to_ical()
    return written


def _address(name: str, *args: int) -> str:
    return settings.BASE_URL + reverse(name, args=args)
