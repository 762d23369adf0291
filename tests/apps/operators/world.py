"""A programme with operators, a call and a ranking, for the test of routes."""

from dure.apps.operators import operations
from tests.apps.operators.conftest import LATER, appoint, make_world
from tests.conftest import NOON


def things(cast, world):
    made = make_world(cast)
    terms = appoint(made, cast)
    results = {"selected": 3, "invested": 10, "succeeded": 1}
    ranking = operations.prepare_ranking(
        programme=made.programme, year=NOON.year, places=10,
        results={term.pk: results for term in terms.values()}, by=cast["officer"], at=LATER,
    )  # fmt: skip
    return {
        "programme_slug": made.programme.slug,
        "operators:call": made.call.pk,
        "operators:application": made.applications["supplier"].pk,
        "operators:move": made.applications["supplier"].pk,
        "operators:ranking": ranking.pk,
        "operators:release": ranking.pk,
    }
