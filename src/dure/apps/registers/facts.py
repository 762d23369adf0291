"""What lists say of an organisation, for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from dure.apps.people.models import Organisation
from dure.apps.registers import queries
from dure.engines.eligibility import Fact
from dure.foundation.facts import fact_source


@fact_source("registers")
def recorded_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """Every fact that is not withdrawn, up to the day `on`."""
    for recorded in queries.facts_in_force(organisation):
        if recorded.as_of <= on:
            yield recorded.as_fact()
