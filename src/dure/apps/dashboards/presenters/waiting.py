"""What waits for a person: each as one line with the one button that settles it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.dashboards.queries.waiting import Waiting
from dure.apps.people.models import User
from dure.foundation.desk import Queue
from dure.foundation.routes import address_of

LATE_DAYS = 3


def queue_url(queue: Queue) -> str:
    """The page with the whole of a queue."""
    return address_of(queue.route) if queue.route else f"{reverse('dashboards:start')}#waiting"


def line(waiting: Waiting, user: User, now: datetime) -> dict[str, Any]:
    """One thing that waits, in words: `says` is its Line."""
    days = days_of(waiting, now)
    return {
        "queue": waiting.queue,
        "pk": waiting.thing.pk,
        "since": localtime(waiting.since),
        "days": ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else _("today"),
        "is_late": days >= LATE_DAYS,
        "says": waiting.queue.line(waiting.thing, user),
    }


def headers() -> list[str]:
    """The headers of the workbook of what waits."""
    return [_("What waits"), _("Title"), _("Who"), _("Waiting since"), _("Days")]


def row(waiting: Waiting, user: User, now: datetime) -> list[Any]:
    """One line of the workbook of what waits."""
    says, since = waiting.queue.line(waiting.thing, user), localtime(waiting.since)
    return [str(waiting.queue.label), says.title, says.who, since, days_of(waiting, now)]


def days_of(waiting: Waiting, now: datetime) -> int:
    """For how many days something has been waiting."""
    return max(0, (localtime(now).date() - localtime(waiting.since).date()).days)
