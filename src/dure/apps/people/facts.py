"""What an organisation's entry says of it, as facts for the rules of programmes."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localtime

from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.people.queries import SIZES
from dure.engines.eligibility import Fact, Source, Span, Younger
from dure.foundation.facts import fact_source

CAPITAL_REGION = ("SEOUL", "INCHEON", "GYEONGGI")
_YOUNG = Younger("founded", 3)


@fact_source("people")
def entry_facts(organisation: Organisation, on: date) -> Iterator[Fact]:
    """Size, region and founding; dated by the day on which an officer verified the entry."""
    verified = organisation.verified_at and localtime(organisation.verified_at).date()
    as_of = verified if verified and verified <= on else None
    for name, value in _values(organisation, on):
        yield Fact(name, value, as_of=as_of, source=Source.OWN)


def _values(organisation: Organisation, on: date) -> Iterator[tuple[str, bool | str | Span]]:
    if size := SIZES.get(OrganisationKind(organisation.kind)):
        yield "size", size
    if organisation.region:
        yield "region", organisation.region
        yield "outside_capital_region", organisation.region not in (*CAPITAL_REGION, "OVERSEAS")
    if year := organisation.founded:
        first, last = date(year, 1, 1), date(year, 12, 31)
        founded = Span(first, max(first, min(last, on)))
        yield "founded", founded
        if (is_young := _YOUNG.answer(founded, on)) is not None:
            yield "younger_than_three", is_young
