"""Who signed an agreement with whom, and who does a project together."""

from collections.abc import Collection, Iterator
from itertools import combinations

from dure.apps.agreements import queries
from dure.apps.agreements.models import Party
from dure.engines.conflicts import Fact
from dure.engines.funding import Role
from dure.foundation.ties import organisation, person, tie_source

_DOING = (Role.LEAD, Role.PARTNER, Role.CONTRACTED, Role.WORKER)


@tie_source("agreements")
def ties(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Every two parties of agreements in which any of these take part; the agency ties nobody."""
    for agreement in queries.agreements_with(people, organisations):
        parties = [party for party in agreement.parties.all() if party.role != Role.GOVERNMENT]
        for first, second in combinations(parties, 2):
            do_both = first.role in _DOING and second.role in _DOING
            yield Fact(
                "co_project" if do_both else "agreement",
                _written(first),
                _written(second),
                agreement.agreed_on,
                agreement.ended_on or agreement.ends_on,
            )


def _written(party: Party) -> str:
    if party.organisation_id is not None:
        return organisation(party.organisation_id)
    return person(party.person_id)
