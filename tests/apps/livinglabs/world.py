"""A lab with an open trial that one consumer has answered, for the test of routes."""

from dure.apps.livinglabs import operations
from tests.conftest import NOON


def things(cast, world):
    lab = cast.living_lab("L-9")
    unopened = cast.project("L-8", programme="living-lab")
    for who in ("rival", "reviewer"):
        operations.join(lab=lab, by=cast[who], at=NOON)
    trial = cast.consumer_trial(lab)
    answer = cast.consumer_answer(trial, "rival")
    return {
        "livinglabs:": lab.pk,
        "livinglabs:open:project_id": unopened.pk,
        "trial_id": trial.pk,
        "answer_id": answer.pk,
    }
