"""What outcomes know of an organisation, for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from dure.apps.outcomes.queries.standing import led_without_result
from dure.apps.people.models import Organisation
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("outcomes")
def outcome_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """That nothing came of many projects; said where it is so."""
    for project in led_without_result(organisation, on)[-1:]:
        yield Fact(
            "many_projects_no_result", True, as_of=on, source=Source.OWN, origin=str(project)
        )
