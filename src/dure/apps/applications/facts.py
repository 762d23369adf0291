"""What applications know of an organisation, for the rules of programmes: who put it forward."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localtime

from dure.apps.applications.queries.recommending import put_forward
from dure.apps.operators.queries import operators_of
from dure.apps.people.models import Organisation, OrganisationKind
from dure.engines.eligibility import Fact, Source
from dure.foundation.facts import fact_source


@fact_source("applications")
def recommended(organisation: Organisation, on: date) -> Iterator[Fact]:
    """An operator of the programme, or a centre, has put an application of it forward, its date past."""
    for recommendation in put_forward(organisation):
        body, programme = (
            recommendation.recommender,
            recommendation.application.call.version.programme,
        )
        ranked_on = localtime(body.until).date()
        if ranked_on > on:
            continue
        if operators_of(programme, ranked_on).filter(organisation=body.organisation).exists():
            name = "operator_recommendation"
        elif body.organisation.kind == OrganisationKind.AGENCY:
            name = "centre_recommendation"
        else:
            continue
        yield Fact(name, True, as_of=ranked_on, source=Source.OWN, origin=str(body.organisation))
