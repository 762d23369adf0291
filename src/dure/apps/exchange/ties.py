"""Contracts between a Korean organisation and one from abroad, for conflicts of interest."""

from collections.abc import Collection, Iterator

from dure.apps.exchange import queries
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, tie_source


@tie_source("exchange")
def ties(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Each contract of one of these organisations is trade on the day on which it was signed."""
    for home, abroad, on in queries.contracts_of(organisations):
        yield Fact("trade", organisation(home), organisation(abroad), on, on)
