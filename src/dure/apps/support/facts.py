"""Agreed partners as facts for the rules of calls: `feeds.fact` of a service's file."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate

from dure.apps.people.models import Organisation
from dure.apps.support import queries
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("support")
def agreed_partners(organisation: Organisation, on: date) -> Iterator[Fact]:
    """For each fact that a service feeds: yes from the day on which the first partner agreed."""
    known: dict[str, tuple[date, str]] = {}
    for partner in queries.partners_agreed_for(organisation):
        fact, since = partner.request.file.feeds.fact, localdate(partner.answered_at)
        if fact and since <= on:
            earliest = known.get(fact, (since, ""))[0]
            if since <= earliest:
                known[fact] = (since, str(partner.profile))
    for fact, (since, origin) in known.items():
        yield Fact(fact, True, as_of=since, source=Source.OWN, origin=origin)
