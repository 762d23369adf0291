"""Candidates as the comparison of needs reads them."""

from dure.apps.catalog.models import Language, Need
from dure.apps.challenges import queries
from dure.apps.challenges.models import Candidate
from dure.engines.matching import language_of


def as_need(candidate: Candidate) -> Need:
    """A need that is never saved: the newest text of a candidate, with its id."""
    text = queries.newest(candidate)
    return Need(
        pk=candidate.pk,
        organisation_id=candidate.organisation_id,
        title=text.title,
        body=text.problem,
        requirements=text.requirements,
        language=Language(language_of(text.problem)),
    )
