"""Settlement to the won: worked examples, what always holds, and accounts that cannot be."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dure.engines.funding import (
    Account,
    UnsettledAccount,
    all_to_return,
    in_kind_shortfall,
    late_interest,
    set_aside,
    settle,
)

won = st.integers(0, 10**12)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    grant, own, top_up, spent = (draw(won) for _ in range(4))
    return Account(grant + 1, own, top_up, spent, draw(st.integers(0, spent)), draw(won))


@pytest.mark.parametrize(
    ("account", "returned", "to_pay", "recovered", "used"),
    [
        # All spent, nothing disallowed: nothing moves.
        ((75, 25, 0, 100, 0, 0), 0, 0, 0, 75),
        # A rest is shared as the money was agreed.
        ((75_000_000, 25_000_000, 0, 90_000_000, 0, 0), 2_500_000, 0, 7_500_000, 67_500_000),
        # The firm's part of the rest pays the government's part of what is disallowed.
        (
            (75_000_000, 25_000_000, 0, 90_000_000, 2_000_000, 0),
            1_000_000,
            0,
            9_000_000,
            66_000_000,
        ),
        # ... and is not enough here, so that the firm pays in.
        ((75_000_000, 25_000_000, 0, 100_000_000, 2_000_000, 0), 0, 1_500_000, 0, 73_500_000),
        # Spent beyond what was agreed, out of the top-up: its rest is the firm's.
        ((75, 25, 20, 110, 0, 0), 10, 0, 0, 75),
        # Missing in kind is taken out of the grant.
        ((75, 25, 0, 100, 0, 5), 0, 0, 5, 70),
    ],
)
def test_worked_examples(account, returned, to_pay, recovered, used):
    settled = settle(Account(*account))

    assert (settled.returned, settled.to_pay, settled.recovered, settled.grant_used) == (
        returned,
        to_pay,
        recovered,
        used,
    )


def test_the_share_is_cut_at_four_decimals_and_money_rounded_half_up():
    steps = settle(Account(2, 1, 0, 0, 0, 0)).steps

    assert steps.government_share == Decimal("0.6666")
    assert (steps.rest_government, steps.rest_private) == (2, 1)
    assert settle(Account(1, 1, 0, 1, 1, 0)).steps.disallowed_government == 1  # 0.5, half up


@given(accounts())
def test_every_won_is_somewhere(account):
    settled = settle(account)
    steps = settled.steps

    assert account.grant + account.own_cash + account.top_up == (
        account.spent + settled.returned + settled.recovered - account.disallowed_in_kind
    )
    assert steps.rest_government + steps.rest_private == steps.rest
    assert settled.returned - settled.to_pay == steps.balance
    assert 0 in (settled.returned, settled.to_pay)
    assert settled.grant_used == account.grant - settled.recovered - settled.to_pay


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ((-1, 0, 0, 0, 0, 0), "grant"),
        ((0, 0, 5, 0, 0, 0), "grant"),
        ((1, 1, 0, 2, 3, 0), "disallowed_cash"),
        ((1, 1, 0, 2, 0, -1), "disallowed_in_kind"),
    ],
)
def test_an_account_that_cannot_be_names_the_amount(account, field):
    with pytest.raises(UnsettledAccount) as refusal:
        Account(*account)

    assert refusal.value.field == field


def test_a_fund_takes_the_whole_rest_back():
    assert all_to_return(budget=100, spent=90, interest=1, disallowed=5) == 16


def test_missing_in_kind_counts_in_the_measure_of_the_cash():
    assert in_kind_shortfall(agreed=100, shown=60, accepted_cash=50, planned_cash=100) == 20
    assert in_kind_shortfall(agreed=100, shown=120, accepted_cash=50, planned_cash=100) == 0


@given(accounts(), accounts(), won)
def test_what_goes_on_to_the_next_stage_is_counted_once(first, second, wanted):
    assume(first.spent)
    left, grant, own = set_aside(first, wanted)
    following = replace(second, grant=second.grant + grant, own_cash=second.own_cash + own)

    assert 0 <= grant <= first.grant
    assert 0 <= own <= first.own_cash
    assert grant + own == min(wanted, max(first.grant + first.own_cash - first.spent, 0))
    settled = [(account, settle(account)) for account in (left, following)]
    whole = sum(
        account.spent + settlement.returned + settlement.recovered - account.disallowed_in_kind
        for account, settlement in settled
    )
    assert whole == sum(
        account.grant + account.own_cash + account.top_up for account in (first, second)
    )


@given(won, st.lists(st.tuples(st.integers(-50, 400), won), max_size=4), st.integers(0, 400))
def test_interest_never_runs_before_the_term_nor_on_more_than_is_owed(amount, payments, days):
    due = date(2026, 1, 31)
    paid = [(due + timedelta(days=late), part) for late, part in payments]
    paid = paid if sum(part for _, part in paid) <= amount else []

    interest = late_interest(amount, due, paid, due + timedelta(days=days), Fraction(5))

    assert 0 <= interest <= amount * days * 5 // 36_500
    assert late_interest(amount, due, paid, due, Fraction(5)) == 0
