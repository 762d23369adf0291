"""Who dealt with whom, and who invested in whom, by outcomes that were confirmed."""

from collections.abc import Collection, Iterator

from dure.apps.outcomes import queries
from dure.apps.outcomes.kinds import kind_of
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, tie_source


@tie_source("outcomes")
def ties(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Trade of these organisations, from its day to its end; shares are held until something says not."""
    for each in queries.dealings_of(organisations):
        kind = kind_of(each.kind)
        if kind is None or each.counterpart_id is None:
            continue
        is_held = kind.tie == "shareholding"
        yield Fact(
            kind.tie,
            organisation(each.organisation_id),
            organisation(each.counterpart_id),
            each.since or each.on,
            each.until or (None if is_held else each.on),
        )
