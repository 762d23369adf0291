"""The demonstration of research staff shows every state of a secondment, once."""

import pytest

from dure.apps.people import demo as people_demo
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.researchstaff import demo
from dure.apps.researchstaff.models import Application, Consent
from dure.apps.support.models import SupportRequest
from dure.config.demo import FOLDER
from dure.foundation.demo import Demonstration
from tests.conftest import NOON


@pytest.mark.django_db
def test_secondments_stand_at_every_step(cast):
    cast.support_body("secondment").answers_services.update(region="")
    for number in range(4):
        firm = Organisation.objects.create(
            other_id=f"firm-{number}", name=f"기업 {number}", kind=OrganisationKind.SME,
            is_invented=True, verified_at=NOON, verified_by=cast["officer"], region="DAEJEON",
        )  # fmt: skip
        people_demo.join(User.objects.create_user(f"firm{number}@example.org"), firm)
    demonstration = Demonstration(FOLDER, None, "pass-word-1", lambda line: None, lambda: None)

    demo.load(demonstration)
    demo.load(demonstration)

    assert Application.objects.count() == 4
    steps = SupportRequest.objects.values_list("step", flat=True)
    assert sorted(steps) == ["asked", "closed", "searching", "working"]
    assert Consent.objects.count() == 2
    assert SupportRequest.objects.get(step="closed").outcome == "placed"
