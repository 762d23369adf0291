"""New entries wait for the office."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.designations import queries
from dure.apps.designations.models import Entry
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, offer_queue


def _line(entry: Entry, user: User) -> Line:
    return Line(
        title=str(entry),
        url=entry.get_absolute_url(),
        who=str(entry.organisation),
        text=str(entry.file),
        action=_("Check"),
        href=entry.get_absolute_url(),
    )


offer_queue(
    Queue(
        code="DESIGNATION",
        label=gettext_lazy("Designation asked for"),
        place=70,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.waiting_for_office(user),
        since=lambda entry: entry.created_at,
        line=_line,
    )
)
