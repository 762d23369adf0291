"""Who dealt with whom, and who invested in whom, by outcomes that were confirmed."""

from collections.abc import Collection, Iterator

from dure.apps.outcomes import queries
from dure.apps.outcomes.kinds import kind_of
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, tie_source


@tie_source("outcomes")
def ties(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Trade of these organisations, from its day to its end; shares are held until something says not."""
    for dealing in queries.dealings_of(organisations):
        kind = kind_of(dealing.kind)
        if kind is None or dealing.counterpart_id is None:
            continue
        is_held = kind.tie == "shareholding"
        yield Fact(
            kind.tie,
            organisation(dealing.organisation_id),
            organisation(dealing.counterpart_id),
            dealing.since or dealing.on,
            dealing.until or (None if is_held else dealing.on),
        )
