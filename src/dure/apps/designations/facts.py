"""Designations in force, as facts for the rules of calls: `fact` of a register's file."""

from collections.abc import Iterator
from datetime import date

from dure.apps.designations import queries
from dure.apps.designations.kinds import registers
from dure.apps.people.models import Organisation
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("designations")
def designations_in_force(organisation: Organisation, on: date) -> Iterator[Fact]:
    """For each register that is a fact: yes from the first day of a designation that holds."""
    known: dict[str, date] = {}
    for entry in queries.in_force_of(organisation, on):
        fact = registers()[entry.register].fact
        known[fact] = min(known.get(fact, entry.starts_on), entry.starts_on)
    for fact, since in known.items():
        yield Fact(fact, True, as_of=since, source=Source.OWN)
