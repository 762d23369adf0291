"""What waits for a reader for too long, over everything that apps put on desks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.indicators.queries.figures import reads_inside, unanswered
from dure.apps.people.models import User
from dure.foundation.desk import QUEUES

LATE_AFTER = timedelta(days=14)
SECONDS_KEPT = 60
SILENT = "indicators:desk"


@dataclass(frozen=True, slots=True)
class Late:
    """A queue whose oldest thing waits for more than two weeks."""

    label: Promise
    route: str
    count: int
    days: int


def late_for(user: User, now: datetime) -> list[Late]:
    """The queues of a person in which something waits too long, the longest wait first; as it was a minute ago."""
    return caches["own"].get_or_set(
        f"indicators.late.{user.pk}", lambda: _late_for(user, now), SECONDS_KEPT
    )


def _silent_bodies(today: date) -> list[Late]:
    """Figures that bodies were asked for and have not reported in time."""
    silent = unanswered(today)
    oldest = silent.first()
    if oldest is None:
        return []
    days = (today - oldest.due_on).days
    return [Late(_("Figures that a body has not reported in time"), SILENT, silent.count(), days)]


def _late_for(user: User, now: datetime) -> list[Late]:
    late = []
    for queue in QUEUES:
        if not queue.offered_to(user):
            continue
        waiting = queue.waiting(user, now)
        oldest: Any = waiting.first()
        since = queue.since(oldest) if oldest is not None else None
        if since is not None and now - since > LATE_AFTER:
            late.append(Late(queue.label, queue.route, waiting.count(), (now - since).days))
    if reads_inside(user):
        late += _silent_bodies(localdate(now))
    return sorted(late, key=lambda queue: -queue.days)
