"""What waits of challenges: decisions of the committee, approvals and merges of the owners."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.challenges import presenters, queries
from dure.apps.challenges.models import Candidate
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, Section, offer_queue, offer_section


def _candidate(candidate: Candidate, user: User) -> Line:
    return Line(
        title=queries.newest(candidate).title,
        url=reverse("challenges:candidate", args=[candidate.pk]),
        who=str(candidate.organisation),
        action=_("Decide"),
        href=reverse("challenges:judge", args=[candidate.pk]),
    )


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """For managers of demand organisations: texts to approve and merges to agree to."""
    approvals = presenters.rows(queries.texts_to_approve(user), user)
    merges = list(queries.merges_to_answer(user))
    return {"approvals": approvals, "merges": merges} if approvals or merges else None


offer_section(Section("challenges", "challenges/_desk_section.html", 95, section))
offer_queue(
    Queue(
        code="CANDIDATE_TO_JUDGE",
        label=gettext_lazy("Candidate challenge to decide on"),
        place=100,
        offered_to=queries.chairs_somewhere,
        waiting=lambda user, now: queries.to_judge(user),
        since=lambda candidate: candidate.created_at,
        line=_candidate,
    )
)
