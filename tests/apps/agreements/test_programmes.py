"""The sample plans of the programmes run from the draft to the first payment."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from dure.apps.agreements import operations
from dure.apps.agreements.operations import NewMoney, NewParty
from dure.apps.agreements.queries import hold_of
from dure.apps.agreements.reasons import Hold
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from dure.apps.registers.models import RecordedFact
from dure.foundation import programmes
from tests.apps.agreements.cast import START, agency
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SLUGS = sorted(
    slug
    for slug in programmes.shipped()
    if any(sample.passes for sample in programmes.samples(slug))
)


def fit(cast, role):
    """An organisation that may stand in a role, with somebody who signs for it."""
    if role == "lead":
        return cast.supplier
    return cast.buyer if role in ("demand", "investor") else cast.rival


@pytest.mark.parametrize("slug", SLUGS)
def test_programme_runs_to_its_first_payment(cast, slug):
    load_shipped(at=NOON)
    plan = next(each for each in programmes.samples(slug) if each.passes).read()
    RecordedFact.objects.create(
        organisation=cast.buyer, fact="fund_member", value="yes", as_of=START, origin="x",
        recorded_by=cast["officer"], recorded_at=NOON,
    )  # fmt: skip
    roles = list(dict.fromkeys(["government", "lead", *(row.role for row in plan.money)]))
    parties = [
        NewParty(role, agency(cast))
        if role == "government"
        else NewParty(role, person=cast["newcomer"])
        if role == "worker"
        else NewParty(role, fit(cast, role), account_number="1-2-3")
        for role in roles
    ]
    agreement = operations.draft(
        version=Programme.objects.get(slug=slug).current, title="과제", starts_on=START,
        ends_on=START + timedelta(days=31 * plan.months), months=plan.months, parties=parties,
        money=[
            NewMoney(
                roles.index(row.role), row.instrument, row.kind, row.amount,
                year=row.year, phase=row.phase or "",
            )
            for row in plan.money
        ],
        trl=plan.facts.trl, confirmed=tuple(plan.facts.confirmed), by=cast["officer"], at=NOON,
    )  # fmt: skip
    cast.appropriation(slug=slug, amount=10**12)
    operations.open_for_signing(agreement=agreement, sign_by=START, by=cast["officer"], at=NOON)
    cast.sign_all(agreement)
    first = agreement.instalments.order_by("number").first()

    at = NOON + timedelta(days=9)
    paid = operations.enter_payment(
        instalment=first, paid_on=localdate(at), by=cast["officer"], at=at
    )

    assert agreement.stage == AgreementStage.IN_FORCE
    assert paid.stage == InstalmentStage.PAID
    assert sum(each.amount for each in agreement.instalments.all()) == sum(
        row.amount for row in plan.money if row.kind != "unpaid"
    )
    assert Entry.objects.filter(cause=paid.subject, kind="PAYMENT").count() == 1
    assert list(faults()) == []


def test_lead_that_is_barred_meanwhile_is_paid_nothing_public(cast):
    agreement = cast.signed_agreement()
    public = agreement.instalments.get(number=1)
    assert hold_of(public, START) is None
    RecordedFact.objects.create(
        organisation=cast.supplier, fact="banned", value="yes", as_of=START, origin="제재 목록",
        recorded_by=cast["officer"], recorded_at=NOON,
    )  # fmt: skip

    public = agreement.instalments.get(number=1)
    assert hold_of(public, START) == Hold.NOT_ELIGIBLE
