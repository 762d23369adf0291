"""Founders of funds, and what the steps of institutions show, as facts for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from dure.apps.instruments import adapter, queries
from dure.apps.people.models import Organisation
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("instruments")
def shown_by_steps(organisation: Organisation, on: date) -> Iterator[Fact]:
    """A special guarantee, a private investment, a recommendation: from the day of the step."""
    for stake in queries.ways_of(organisation):
        done = queries.steps_done(stake)
        held = {name: step for name, step in done.items() if step.on <= on}
        for fact in sorted(adapter.shown_by(stake, held)):
            since = max((step.on for step in held.values()), default=on)
            yield Fact(fact, True, as_of=since, source=Source.OWN, origin=str(stake.scheme))


@fact_source("funds")
def founders(organisation: Organisation, on: date) -> Iterator[Fact]:
    """That a firm has joined a mutual fund with the government: from the day of its first pledge."""
    pledge = queries.pledges_of(organisation).filter(starts_on__lte=on).first()
    if pledge:
        yield Fact(
            "fund_member",
            True,
            as_of=pledge.starts_on,
            source=Source.OWN,
            origin=str(pledge.scheme),
        )
