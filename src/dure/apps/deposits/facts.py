"""Whether an organisation has technology in deposit, for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from dure.apps.deposits import queries
from dure.apps.people.models import Organisation
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("deposits")
def deposit_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """Known where it has one on the day; of one elsewhere we know nothing."""
    if queries.has_deposit_on(organisation, on):
        yield Fact("technology_deposit", True, as_of=on, source=Source.REGISTRY)
