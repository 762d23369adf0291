"""The demonstration of living labs runs through the operations, once."""

import pytest

from dure.apps.livinglabs import demo
from dure.apps.livinglabs.models import Answer, Trial
from dure.apps.livinglabs.stages import TrialStage
from dure.apps.people import demo as people_demo
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.operations import load_shipped
from dure.config.demo import FOLDER
from dure.foundation.demo import Demonstration
from tests.conftest import NOON


@pytest.mark.django_db
def test_a_step_passes_and_the_next_is_tried(cast):
    demonstration = Demonstration(FOLDER, None, "pass-word-1", lambda line: None, lambda: None)
    load_shipped(at=NOON)
    people_demo.load(demonstration)
    Organisation.objects.update(is_invented=True)
    for number in range(11):
        person = User.objects.create_user(
            f"more{number}@example.org", "pass-word-1", name=f"더{number}"
        )
        people_demo.join(person, cast.rival)

    demo.load(demonstration)
    answers = Answer.objects.count()
    demo.load(demonstration)

    assert Answer.objects.count() == answers == 13
    stages = list(Trial.objects.order_by("pk").values_list("step", "stage"))
    assert stages == [("plan", TrialStage.PASSED), ("develop", TrialStage.OPEN)]
