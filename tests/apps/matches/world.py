"""One of everything of matches, for the test of routes."""

from dure.apps.matches.models import Bar, BarKind, Direction, Strength, Suggestion
from tests.conftest import NOON


def things(cast, world):
    for direction in Direction:
        Suggestion.objects.create(
            need_id=world["need_id"], technology_id=world["technology_id"], direction=direction,
            rank=1, score=1.0, strength=Strength.GOOD, first_created_at=NOON, created_at=NOON,
        )  # fmt: skip
    bar = Bar.objects.create(organisation=cast.rival, other=cast.stranger, kind=BarKind.DISPUTE)
    return {"bar_id": bar.pk}
