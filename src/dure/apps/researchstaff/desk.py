"""What waits for a researcher: firms that may not read name and contact yet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.researchstaff import queries
from dure.apps.support.models import Candidate
from dure.foundation.desk import Line, Queue, offer_queue


def _line(candidate: Candidate, user: User) -> Line:
    return Line(
        title=str(candidate.request.organisation),
        url=candidate.get_absolute_url(),
        who=str(candidate.request),
        action=_("Decide"),
        href=candidate.get_absolute_url(),
    )


offer_queue(
    Queue(
        code="RESEARCHER_CONSENT",
        label=gettext_lazy("Firm that cannot contact you yet"),
        place=53,
        offered_to=queries.is_researcher,
        waiting=lambda user, now: queries.consents_to_give(user),
        since=lambda candidate: candidate.answered_at,
        line=_line,
    )
)
