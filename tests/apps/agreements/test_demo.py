"""The demonstration has agreements of several programmes in several states, and whole books."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dure.apps.agreements import demo
from dure.apps.agreements.models import (
    Agreement,
    Change,
    InternalApprover,
    Obligation,
    OutsideFile,
)
from dure.apps.agreements.stages import AgreementStage
from dure.apps.ledger import demo as ledger_demo
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries import budget_by_month
from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.programmes.operations import load_shipped
from dure.foundation.demo import Demonstration
from tests.conftest import NOON

SLUGS = (
    "co-investment",
    "equipment-voucher",
    "guarantee-linked",
    "scale-up-tips",
    "structural-innovation",
    "young-worker-savings",
)
"""A fund, vouchers, guarantee and grant, equity and grant, phases, savings."""
FOLDER = Path(__file__).parents[3] / "demo"


@pytest.mark.django_db
def test_demonstration_has_agreements_of_each_instrument_in_each_state(cast):
    load_shipped(at=NOON)
    User.objects.filter(pk=cast["officer"].pk).update(email=OFFICER)
    User.objects.filter(pk=cast["officer2"].pk).update(email=SECOND_OFFICER)
    Organisation.objects.update(is_invented=True)
    Organisation.objects.filter(pk=cast.supplier.pk).update(kind=OrganisationKind.SME)
    given = Demonstration(FOLDER, None, "x", say=lambda line: None, run_job=lambda **more: None)

    for _ in range(2):
        ledger_demo.load(given)
        demo.load(given)

    numbers = Counter(Agreement.objects.values_list("version__programme__slug", "stage"))
    beside_challenges = {(slug, stage) for slug, stage in numbers if slug != "challenge"}
    assert beside_challenges == {
        (slug, stage) for slug in SLUGS for stage in AgreementStage.values
    } | {("purchase-linked", "IN_FORCE")}
    fair = Agreement.objects.filter(agreed_on=date(2023, 11, 21))
    assert Counter(fair.values_list("stage", "starts_on", "ends_on")) == {
        ("COMPLETED", date(2023, 12, 1), date(2025, 1, 31)): 7,
        ("TERMINATED", date(2023, 12, 1), date(2025, 1, 31)): 1,
    }
    assert Counter(Change.objects.values_list("stage", flat=True)) == {"DONE": 1, "ASKED": 2}
    pleas = Obligation.objects.exclude(pleaded_at=None).order_by("pk")
    assert [plea.is_exempt for plea in pleas] == [True, False]
    assert OutsideFile.objects.get().acceptances.count() == 1
    assert InternalApprover.objects.count() == 1
    assert list(faults()) == []
    paid = {
        figures.paid
        for budget in Appropriation.objects.filter(programme__slug="challenge")
        for _, figures in budget_by_month(budget, date(budget.year, 12, 31))
        if figures.paid
    }
    assert len(paid) >= 6  # the rate of execution rises month by month
