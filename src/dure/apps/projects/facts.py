"""What projects know of an organisation, for the rules of programmes.

Only what is certain: that nothing is known here against an organisation proves nothing.
"""

from collections.abc import Iterator
from datetime import date

from dure.apps.people.models import Organisation
from dure.apps.projects.queries.standing import bars_in_force, overdue_recoveries, recent_parts
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("projects")
def project_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """A bar that is in force, a recovery that is overdue, taking part in the last three years."""
    for sanction in bars_in_force(organisation, on)[:1]:
        yield _so("banned", str(sanction.project), on)
    for recovery in overdue_recoveries(organisation, on)[:1]:
        yield _so("duties_unpaid", str(recovery.project), on)
    for part in recent_parts(organisation, on, years=3)[:1]:
        yield _so("recent_participation", str(part.project), on)


def _so(name: str, origin: str, on: date) -> Fact:
    return Fact(name, True, as_of=on, source=Source.OWN, origin=origin)
