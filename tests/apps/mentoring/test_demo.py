"""The demonstration of mentoring shows every stage, once."""

import pytest

from dure.apps.mentoring import demo
from dure.apps.mentoring.models import Case, Pair
from dure.apps.mentoring.stages import PairStage
from dure.apps.people import demo as people_demo
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.config.demo import FOLDER
from dure.foundation.demo import Demonstration
from tests.conftest import NOON


@pytest.mark.django_db
def test_ten_pairs_stand_at_every_stage(cast):
    demonstration = Demonstration(FOLDER, None, "pass-word-1", lambda line: None, lambda: None)
    people_demo.load(demonstration)
    for kind, count in ((OrganisationKind.MID_SIZE, 10), (OrganisationKind.SME, 12)):
        for number in range(count):
            firm = Organisation.objects.create(
                other_id=f"{kind}-{number}", name=f"{kind.label} {number}", kind=kind,
                is_invented=True, verified_at=NOON, verified_by=cast["officer"],
            )  # fmt: skip
            person = User.objects.create_user(f"{kind}{number}@example.org".lower())
            people_demo.join(person, firm)

    demo.load(demonstration)
    demo.load(demonstration)

    assert Pair.objects.count() == 10
    assert set(Pair.objects.values_list("stage", flat=True)) == set(PairStage.values)
    assert Case.objects.filter(coordinator=None).count() == 2
