"""A survey with an answer, for the test of routes."""

from dure.apps.surveys import operations
from tests.apps.surveys.conftest import WISH, make_world
from tests.conftest import NOON


def things(cast, world):
    made = make_world(cast)
    operations.answer(asked=made.asked["buyer"], needs_nothing=False, by=cast["manager"], at=NOON)
    operations.write_wish(asked=made.asked["rival"], text=WISH, by=cast["rival"], at=NOON)
    return {
        "surveys:": made.survey.pk,
        "surveys:answer": made.asked["rival"].pk,
        "surveys:submit": made.asked["rival"].pk,
        "surveys:wish": made.wish.pk,
        "surveys:leave_out": made.wish.pk,
        "surveys:remove": made.asked["rival"].wishes.get().pk,
    }
