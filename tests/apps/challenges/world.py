"""A discovery in its first round, for the test of routes."""

from dure.apps.challenges import operations
from dure.apps.challenges.models import SimilarPair
from tests.apps.challenges.conftest import make_world
from tests.conftest import NOON


def things(cast, world):
    made = make_world(cast)
    operations.start_verification(discovery=made.discovery, by=cast["officer"])
    operations.open_round(discovery=made.discovery, held_on=NOON.date(), by=cast["officer"])
    pair = SimilarPair.objects.create(
        first=made.candidates["wall"], second=made.candidates["taps"], similarity=0.5
    )
    of_candidates = ("candidate", "revise", "comment", "judge", "approve", "withdraw")
    return {
        "challenges:": made.discovery.pk,
        **dict.fromkeys((f"challenges:{n}" for n in of_candidates), made.candidates["wall"].pk),
        "challenges:candidates": made.discovery.pk,
        **dict.fromkeys((f"challenges:{n}" for n in ("answer_pair", "agree")), pair.pk),
    }
