"""What waits of papers: those that run out, for the people of the organisation."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.papers import queries
from dure.apps.papers.models import PaperVersion
from dure.apps.people.models import User
from dure.apps.people.queries import organisations_of
from dure.foundation.desk import Line, Queue, offer_queue


def _waiting(user: User, now: datetime) -> QuerySet[PaperVersion]:
    return queries.to_renew(user, localtime(now).date())


def _line(version: PaperVersion, user: User) -> Line:
    page = reverse("papers:paper", args=[version.paper_id])
    until = version.expires_on.isoformat() if version.expires_on else ""
    return Line(
        title=str(version.paper),
        url=page,
        who=str(version.paper.organisation),
        text=_("Valid until %(until)s") % {"until": until},
        action=_("File a new one"),
        href=f"{page}#new",
    )


offer_queue(
    Queue(
        code="PAPER",
        label=gettext_lazy("Paper that runs out"),
        place=85,
        offered_to=lambda user: organisations_of(user).exists(),
        waiting=_waiting,
        since=lambda version: None,
        line=_line,
        route="papers:box",
    )
)
