"""Holidays, leap days, the end of the year, and midnight in Korea, which is 15:00 in our moments."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dure.apps.agreements import operations, permissions, queries
from dure.apps.agreements.operations import NewMoney
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.models import Appropriation, Entry
from dure.apps.ledger.queries import budget_by_month, budgets
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LAST_MOMENT = datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)


def at_noon(day):
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def test_a_text_to_be_signed_by_christmas_can_be_signed_on_the_monday_after(cast):
    agreement = cast.drafted_agreement()
    cast.appropriation(slug="challenge", amount=10**9)
    operations.open_for_signing(
        agreement=agreement, sign_by=date(2026, 12, 25), by=cast["officer"], at=NOON
    )

    assert operations.expire_due(at=at_noon(date(2026, 12, 28))) == 0
    assert operations.expire_due(at=at_noon(date(2026, 12, 29))) == 1
    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.EXPIRED


def test_own_cash_due_on_new_year_is_late_after_the_next_working_day(cast):
    agreement = cast.signed_agreement(starts_on=date(2027, 1, 1))
    public = agreement.instalments.get(payer__role="government", due_on=date(2027, 1, 1))

    assert queries.hold_of(public, date(2027, 1, 4)) is None
    assert queries.hold_of(public, date(2027, 1, 5)) == Hold.OWN_CASH_LATE


def test_ten_days_of_silence_that_end_on_a_saturday_end_on_the_monday(cast):
    agreement = cast.signed_agreement()
    instalment = agreement.instalments.get(number=1)
    instalment.stage = InstalmentStage.PLANNED
    instalment.save()
    asked = at_noon(date(2026, 12, 2))
    instalment = operations.ask_confirmation(instalment=instalment, by=cast["supplier"], at=asked)

    for days, may in ((10, False), (11, False), (12, True)):
        at = asked + timedelta(days=days)
        assert bool(permissions.may_confirm(cast["officer"], instalment, at)) is may
        assert queries.to_confirm(cast["officer"], at).exists() is may


def test_a_project_that_begins_on_a_leap_day_is_paid_on_the_last_of_february(cast):
    agreement = cast.opened_agreement(
        starts_on=date(2028, 2, 29), ends_on=date(2029, 4, 28), months=14
    )

    days = agreement.instalments.filter(payer__role="government").values_list("due_on", flat=True)
    assert list(days) == [date(2028, 2, 29), date(2029, 2, 28)]


def paid(cast, at, on):
    agreement = cast.signed_agreement(starts_on=date(2026, 12, 31))
    due = agreement.instalments.filter(due_on=date(2026, 12, 31))
    own = due.get(payer__role="demand")
    operations.enter_payment(instalment=own, paid_on=own.due_on, by=cast["officer"], at=LAST_MOMENT)
    instalment = due.get(payer__role="government")
    return operations.enter_payment(instalment=instalment, paid_on=on, by=cast["officer"], at=at)


def test_before_midnight_in_korea_it_is_still_this_year(cast):
    with pytest.raises(Refused) as refusal:
        paid(cast, LAST_MOMENT, date(2027, 1, 1))

    assert refusal.value.reason == Reason.NOT_DUE


@pytest.mark.parametrize("on", [date(2026, 12, 31), date(2027, 1, 1)])
def test_paid_around_midnight_it_stands_on_its_day_in_the_budget_of_its_year(cast, on):
    instalment = paid(cast, NEW_YEAR, on)

    assert Entry.objects.get(cause=instalment.subject, kind="PAYMENT").day == on
    [budget] = Appropriation.objects.all()
    assert (budget.year, instalment.appropriation_id) == (2026, budget.pk)
    assert budgets([budget], date(2026, 12, 31))[budget.pk].paid == (
        instalment.amount if on.year == 2026 else 0
    )
    assert budgets([budget])[budget.pk].paid == instalment.amount
    assert budget_by_month(budget, date(2026, 12, 31))[-1][0] == date(2026, 12, 31)


def test_signed_after_midnight_in_korea_it_is_agreed_on_in_the_new_year(cast):
    agreement = cast.drafted_agreement(starts_on=date(2027, 1, 4), at=NEW_YEAR)
    assert agreement.number.startswith("2027-")
    cast.appropriation(slug="challenge", amount=10**9, year=2027)
    operations.open_for_signing(
        agreement=agreement, sign_by=date(2027, 1, 8), by=cast["officer"], at=NEW_YEAR
    )

    cast.sign_all(agreement, NEW_YEAR)

    assert agreement.agreed_on == date(2027, 1, 1)


def test_the_largest_amounts_add_up_to_the_won(cast):
    """10^15 won, through shares, years, budget and ledger."""
    whole = 10**15
    agreement = cast.drafted_agreement(
        slug="tech-innovation", roles=("lead",), money=(), months=24, ends_on=date(2028, 11, 30)
    )
    operations.edit(
        agreement=agreement, title="큰 과제", starts_on=agreement.starts_on,
        ends_on=agreement.ends_on, months=24,
        parties=[operations.NewParty(party.role, party.organisation, account_number="1")
                 for party in agreement.parties.order_by("pk")],
        money=[
            NewMoney(0, "grant", "cash", whole // 4 * 3),
            NewMoney(1, "own_share", "cash", whole // 40 + 1),
            NewMoney(1, "own_share", "in_kind", whole // 4 - whole // 40 - 1),
        ],
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    cast.appropriation(slug="tech-innovation", amount=whole)
    operations.open_for_signing(
        agreement=agreement, sign_by=date(2026, 12, 11), by=cast["officer"], at=NOON
    )
    cast.sign_all(agreement)

    assert sum(agreement.instalments.values_list("amount", flat=True)) == whole
