"""Who mentors whom: a mentor does not judge the firm it mentors, nor who looks after it."""

from collections.abc import Collection, Iterator

from django.utils.timezone import localdate

from dure.apps.mentoring import queries
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, person, tie_source


@tie_source("mentoring")
def mentored(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Both firms of every pair that said yes; who mentors in person, and the coordinator."""
    for pair in queries.pairs_with(people, organisations):
        mentee = organisation(pair.mentee_id)
        start = localdate(pair.mentee_said_at) if pair.mentee_said_at else pair.starts_on
        end = localdate(pair.closed_at) if pair.closed_at else None
        yield Fact("mentoring", organisation(pair.mentor_id), mentee, start, end)
        for who in (pair.person_id, pair.case.coordinator_id):
            if who is not None:
                yield Fact("mentoring", person(who), mentee, start, end)
