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
from dure.apps.ledger.queries import balances_of
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from dure.apps.registers.models import RecordedFact
from dure.foundation import programmes
from tests.apps.agreements.cast import START, agency
from tests.apps.agreements.chain import OPENED, sample, submitted
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
    plan = next(sample for sample in programmes.samples(slug) if sample.passes).read()
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
    assert sum(instalment.amount for instalment in agreement.instalments.all()) == sum(
        row.amount for row in plan.money if row.kind != "unpaid"
    )
    assert Entry.objects.filter(cause=paid.subject, kind="PAYMENT").count() == 1
    assert list(faults()) == []


def test_a_guarantee_runs_from_its_call_to_the_guarantee_given(cast):
    """The guarantee fund decides itself, so no panel stands between application and agreement."""
    application = submitted(cast, "smart-factory-guarantee")
    guarantor = application.participants.get(role="guarantor").organisation
    [row] = [
        money for money in sample("smart-factory-guarantee").money if money.role == "guarantor"
    ]
    agreement = operations.draft(
        version=application.call.version, application=application, title="스마트공장 보증",
        starts_on=START, ends_on=START.replace(year=2027), months=12,
        parties=[
            NewParty("government", agency(cast)), NewParty("guarantor", guarantor),
            NewParty("lead", application.organisation),
        ],
        money=[NewMoney(1, row.instrument, row.kind, row.amount)], by=cast["officer"], at=OPENED,
    )  # fmt: skip
    operations.open_for_signing(
        agreement=agreement, sign_by=OPENED.date() + timedelta(days=14), by=cast["officer"],
        at=OPENED,
    )  # fmt: skip
    cast.sign_all(agreement, OPENED)
    [given] = agreement.instalments.all()

    paid = operations.enter_payment(
        instalment=given, paid_on=localdate(OPENED), by=cast["officer"], at=OPENED
    )

    assert paid.stage == InstalmentStage.PAID
    won = balances_of([agreement.subject])
    assert won[agreement.subject, "GUARANTEED", ""] == row.amount
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
