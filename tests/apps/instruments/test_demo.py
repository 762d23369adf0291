"""The demonstration has a scheme of each kind, and whole books."""

from pathlib import Path

import pytest

from dure.apps.instruments import demo, queries
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.models import Scheme, Stake
from dure.apps.instruments.stages import StakeStage
from dure.apps.ledger import demo as ledger_demo
from dure.apps.ledger.adapter import faults
from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.people.models import Membership, Organisation, OrganisationKind, User
from dure.apps.programmes.operations import load_shipped
from dure.foundation.demo import Demonstration
from tests.apps.agreements.cast import agency
from tests.conftest import NOON

FOLDER = Path(__file__).parents[3] / "demo"


def invented(cast, kind, count, first):
    """So many invented organisations, each with a manager."""
    made = Organisation.objects.bulk_create(
        Organisation(
            business_number=f"7{first + n:09d}", name=f"가상 {first + n}", kind=kind,
            is_invented=True, verified_at=NOON, verified_by=cast["officer"],
        )
        for n in range(count)
    )  # fmt: skip
    users = User.objects.bulk_create(
        User(email=f"m{first + n}@example.org", name=f"담당 {n}") for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role="MANAGER", stage="ACTIVE")
        for user, organisation in zip(users, made, strict=True)
    )


@pytest.mark.django_db
def test_demonstration_has_a_scheme_of_each_kind(cast):
    load_shipped(at=NOON)
    User.objects.filter(pk=cast["officer"].pk).update(email=OFFICER)
    User.objects.filter(pk=cast["officer2"].pk).update(email=SECOND_OFFICER)
    Organisation.objects.filter(pk=agency(cast).pk).update(is_invented=True)
    invented(cast, OrganisationKind.SME, 14, 100)
    invented(cast, OrganisationKind.LARGE, 8, 200)
    given = Demonstration(FOLDER, None, "x", say=lambda line: None, run_job=lambda **more: None)

    for _ in range(2):
        ledger_demo.load(given)
        demo.load(given)

    assert set(Scheme.objects.values_list("kind", flat=True)) == set(SchemeKind.values)
    assert Scheme.objects.count() == 5
    fund = Scheme.objects.get(kind=SchemeKind.FUND)
    assert queries.scheme_figures(fund).given > 0
    stages = set(Stake.objects.values_list("stage", flat=True))
    assert stages == {StakeStage.RUNNING, StakeStage.ASKED, StakeStage.LEFT}
    assert list(faults()) == []
