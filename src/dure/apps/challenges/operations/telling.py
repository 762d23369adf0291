"""Telling the owners of candidates what becomes of these."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from dure.apps.challenges.models import Candidate
from dure.apps.challenges.notices import candidate_moved
from dure.apps.notices.operations import tell
from dure.apps.people.queries import people_of


def tell_owners(
    candidates: Iterable[Candidate], stage: str, at: datetime, *, reason: str = "", into: str = ""
) -> None:
    """Tell the people of each owner, and of its centre, what happened to a candidate."""
    for candidate in candidates:
        people = {
            *people_of(candidate.organisation),
            *people_of(candidate.centre.organisation),
        }
        tell(
            recipients=sorted(people, key=lambda user: user.pk),
            kind=candidate_moved,
            facts={
                "title": candidate.text.title,
                "stage": stage,
                "reason": reason or candidate.reason,
                "into": into,
            },
            url=reverse("challenges:candidate", args=[candidate.pk]),
            at=at,
        )
