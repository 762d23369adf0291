"""Who belongs or belonged to which organisation, and that to which group."""

from collections.abc import Collection, Iterator

from dure.apps.people import queries
from dure.engines.conflicts import Fact
from dure.foundation.ties import group, organisation, person, tie_source


@tie_source("people")
def ties(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Memberships of these people and in these organisations, and the groups of all."""
    known = set(organisations)
    for belonging in queries.belongings_of(people, organisations):
        known.add(belonging.organisation_id)
        yield Fact(
            "employment",
            person(belonging.user_id),
            organisation(belonging.organisation_id),
            belonging.requested_on,
            belonging.ended_on,
        )
    for pk, group_id in queries.groups_of(known):
        yield Fact("group", organisation(pk), group(group_id))
