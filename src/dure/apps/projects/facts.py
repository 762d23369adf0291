"""What projects know of an organisation, for the rules of programmes.

Only what is certain: that nothing is known here against an organisation proves nothing.
"""

from collections.abc import Iterator
from datetime import date

from dure.apps.people.models import Organisation
from dure.apps.projects.queries.standing import bars_in_force, overdue_recoveries
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("projects")
def project_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """A bar that is in force, a recovery that is overdue."""
    for sanction in bars_in_force(organisation, on)[:1]:
        yield _against("banned", str(sanction.project), on)
    for recovery in overdue_recoveries(organisation, on)[:1]:
        yield _against("duties_unpaid", str(recovery.project), on)


def _against(name: str, origin: str, on: date) -> Fact:
    return Fact(name, True, as_of=on, source=Source.OWN, origin=origin)
