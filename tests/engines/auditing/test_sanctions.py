"""The dated tables of surcharge and bar, to the won."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.auditing import guidance

OLD, NEW = date(2019, 5, 1), date(2022, 5, 1)
MUCH = 10**11


@pytest.mark.parametrize(
    ("misused", "day", "won"),
    [
        (50_000_000, OLD, 25_000_000),
        (100_000_000, OLD, 75_000_000),
        (300_000_000, OLD, 375_000_000),
        (500_000_000, OLD, 775_000_000),
        (1_000_000_000, OLD, 2_025_000_000),
        (1_100_000_000, OLD, 2_325_000_000),
        (100_000_000, NEW, 100_000_000),
        (500_000_000, NEW, 700_000_000),
        (600_000_000, NEW, 900_000_000),
    ],
)
def test_the_surcharge_of_the_table_in_force(misused, day, won):
    assert guidance(misused, MUCH, day).surcharge == won


@pytest.mark.parametrize(
    ("misused", "months"),
    [(1, (6, 24)), (10_000_000, (6, 24)), (10_000_001, (24, 48)), (100_000_000, (48, 60)),
     (500_000_000, (60, 84)), (500_000_001, (84, 120))],
)  # fmt: skip
def test_the_bar_of_the_table_in_force(misused, months):
    assert guidance(misused, MUCH, NEW).ban == months


def test_no_more_than_five_times_the_grant_and_ten_years():
    advice = guidance(900_000_000, 100_000_000, NEW)

    assert advice.surcharge == advice.highest == 500_000_000
    assert advice.longest_ban == 120


def test_the_table_of_the_day_counts_and_before_the_first_there_is_none():
    assert guidance(1_000, MUCH, date(2020, 12, 31)).is_waived
    assert not guidance(1_000, MUCH, date(2021, 1, 1)).is_waived
    assert guidance(1_000, MUCH, date(2010, 1, 1)) is None


def test_negative_money_is_refused():
    with pytest.raises(ValueError, match="negative"):
        guidance(-1, 0, NEW)


@given(st.integers(0, 10**10), st.integers(0, 10**9), st.sampled_from([OLD, NEW]))
def test_more_misused_never_costs_less(misused, more, day):
    less, much = (guidance(won, MUCH, day) for won in (misused, misused + more))

    assert less.lowest <= less.surcharge <= less.highest
    assert less.surcharge <= much.surcharge
