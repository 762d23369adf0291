"""What royalties say of an organisation, for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from dure.apps.people.models import Organisation
from dure.apps.royalties.queries import overdue
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("royalties")
def royalty_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """A royalty that is overdue."""
    for royalty in overdue(organisation, on)[:1]:
        yield Fact("duties_unpaid", True, as_of=on, source=Source.OWN, origin=str(royalty.project))
