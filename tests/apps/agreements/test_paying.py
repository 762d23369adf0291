"""Money comes in instalment by instalment, each once, and not before those that go first."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.utils.timezone import localdate

from dure.apps.agreements import kinds, operations, permissions, queries
from dure.apps.agreements.adapter import Transfer
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries import balances_of, budgets
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
KST = timezone(timedelta(hours=9))
DAY = timedelta(days=1)


def on(*day, hour=12):
    return datetime(*day, hour, tzinfo=KST)


def instalment(agreement, number):
    return agreement.instalments.get(number=number)


def pay(cast, agreement, number, at):
    return operations.enter_payment(
        instalment=instalment(agreement, number), paid_on=localdate(at), by=cast["officer"], at=at
    )


def test_payment_is_posted_to_budget_and_project(cast):
    agreement = cast.signed_agreement()

    pay(cast, agreement, 1, on(2026, 12, 1))
    pay(cast, agreement, 2, on(2026, 12, 2))

    cash = balances_of([agreement.subject])[agreement.subject, kinds.CASH.code, ""]
    assert cash == 270_000_000
    assert (
        balances_of([agreement.subject], date(2026, 12, 1))[agreement.subject, kinds.CASH.code, ""]
        == 180_000_000
    )
    appropriation = Appropriation.objects.get()
    figures = budgets([appropriation])[appropriation.pk]
    assert (figures.committed, figures.paid) == (0, 180_000_000)
    assert queries.paid_by_party(agreement)[instalment(agreement, 2).payer_id] == 90_000_000
    assert list(faults()) == []


def test_nothing_is_paid_twice(cast):
    agreement = cast.signed_agreement()
    pay(cast, agreement, 1, on(2026, 12, 1))

    with pytest.raises(Refused) as refusal:
        pay(cast, agreement, 1, on(2026, 12, 1))

    assert refusal.value.reason == Reason.NOT_CONFIRMED


def test_money_that_left_before_the_agreement_ended_is_listed_to_be_asked_back(cast):
    agreement, at = cast.signed_agreement(), on(2026, 12, 1)
    [ordered] = operations.order(instalments=[instalment(agreement, 1)], by=cast["officer"], at=at)
    operations.end(
        agreement=agreement,
        stage=AgreementStage.TERMINATED,
        reason="폐업",
        by=cast["officer"],
        at=at,
    )
    line = Transfer(
        row=2, reference=operations.reference_of(ordered), account_number="123-456",
        amount=ordered.amount, paid_on=localdate(at),
    )  # fmt: skip

    entered, differences = operations.reconcile(transfers=[line], by=cast["officer"], at=at)

    assert entered == []
    assert [difference.reason for difference in differences] == [str(Reason.CANCELLED_SINCE.label)]


def test_late_own_cash_stops_public_money_until_it_came(cast):
    agreement = cast.signed_agreement()

    assert queries.hold_of(instalment(agreement, 1), date(2026, 12, 1)) is None
    assert queries.hold_of(instalment(agreement, 1), date(2026, 12, 2)) == Hold.OWN_CASH_LATE
    with pytest.raises(Refused) as refusal:
        pay(cast, agreement, 1, on(2026, 12, 2))
    assert refusal.value.reason == Reason.HELD
    pay(cast, agreement, 2, on(2026, 12, 2))
    assert pay(cast, agreement, 1, on(2026, 12, 2)).stage == InstalmentStage.PAID


def test_later_year_is_paid_from_its_own_budget(cast):
    agreement = cast.signed_agreement()
    pay(cast, agreement, 1, on(2026, 12, 1))
    pay(cast, agreement, 2, on(2026, 12, 1))
    pay(cast, agreement, 4, on(2027, 12, 1))
    with pytest.raises(Refused) as refusal:
        pay(cast, agreement, 3, on(2027, 12, 1))
    assert refusal.value.reason == Reason.NO_BUDGET

    later = cast.appropriation(year=2027, amount=50_000_000)
    pay(cast, agreement, 3, on(2027, 12, 1))

    assert budgets([later])[later.pk].paid == 30_000_000


@pytest.fixture
def milestone(cast):
    """The second year's grant waits for a stage of the programme."""
    agreement = cast.signed_agreement()
    agreement.instalments.filter(number=3).update(basis="closing", stage=InstalmentStage.PLANNED)
    return instalment(agreement, 3)


def test_demand_organisation_confirms_a_milestone(cast, milestone):
    operations.ask_confirmation(instalment=milestone, by=cast["supplier"], at=NOON)
    assert list(queries.to_confirm(cast["member"], NOON)) == [milestone]
    assert list(queries.to_confirm(cast["officer"], NOON)) == []

    operations.confirm(instalment=milestone, by=cast["member"], at=NOON)

    milestone.refresh_from_db()
    assert milestone.stage == InstalmentStage.CONFIRMED


def test_silence_of_ten_days_passes_the_confirmation_to_the_officer(cast, milestone):
    operations.ask_confirmation(instalment=milestone, by=cast["supplier"], at=NOON)
    milestone.refresh_from_db()
    just_before = NOON + 10 * DAY - timedelta(seconds=1)

    assert (
        permissions.may_confirm(cast["officer"], milestone, just_before).reason
        == Reason.DEMAND_FIRST
    )
    assert permissions.may_confirm(cast["officer"], milestone, NOON + 10 * DAY)
    assert list(queries.to_confirm(cast["officer"], NOON + 10 * DAY)) == [milestone]


def test_refused_confirmation_is_asked_again(cast, milestone):
    operations.ask_confirmation(instalment=milestone, by=cast["supplier"], at=NOON)
    operations.refuse_confirmation(
        instalment=milestone, reason="시험 성적서 누락", by=cast["manager"], at=NOON
    )

    again = operations.ask_confirmation(instalment=milestone, by=cast["supplier"], at=NOON + DAY)

    assert again.stage == InstalmentStage.ASKED
