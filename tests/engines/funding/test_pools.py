"""Founders of a pool give pro rata, savers pay month by month, and no won is lost."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.funding import (
    PoolTooSmall,
    draw,
    due_by,
    leave,
    month_days,
    monthly,
    whole_months,
)

WON = st.integers(0, 10**15)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(parts=st.lists(WON, min_size=1, max_size=120), share=st.fractions(0, 1))
def test_a_draw_adds_up_and_nobody_gives_more_than_their_part(parts, share):
    total = int(sum(parts) * share)

    given_parts = draw(total, parts)

    assert sum(given_parts) == total
    for mine, part in zip(given_parts, parts, strict=True):
        assert mine <= part
        if sum(parts):
            assert abs(mine - Fraction(total * part, sum(parts))) < 1


@given(parts=st.lists(WON, min_size=1, max_size=40), cuts=st.lists(st.fractions(0, 1), max_size=6))
def test_what_is_drawn_in_steps_is_each_part_in_the_end(parts, cuts):
    left = list(parts)
    for cut in cuts:
        step = draw(int(sum(left) * cut), left)
        left = [part - taken for part, taken in zip(left, step, strict=True)]

    assert draw(sum(left), left) == tuple(left)


def test_more_than_there_is_says_by_how_much():
    with pytest.raises(PoolTooSmall) as refused:
        draw(11, [4, 6])

    assert refused.value.short == 1


@given(total=WON, months=st.integers(1, 120), starts_on=DAYS, days=st.integers(0, 4000))
def test_what_is_due_grows_month_by_month_to_the_whole(total, months, starts_on, days):
    parts = monthly(total, months)
    on = starts_on + timedelta(days)
    due_days = month_days(starts_on, months)

    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1
    assert due_by(total, starts_on, months, starts_on - timedelta(1)) == 0
    assert due_by(total, starts_on, months, due_days[-1]) == total
    assert due_by(total, starts_on, months, on) <= due_by(
        total, starts_on, months, on + timedelta(1)
    )
    assert len({(day.year, day.month) for day in due_days}) == months


@pytest.mark.parametrize(
    ("starts_on", "on", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 12, 31), date(2027, 1, 1), 0),
        (date(2026, 12, 1), date(2027, 1, 1), 1),
        (date(2026, 12, 1), date(2026, 11, 1), 0),
    ],
)
def test_whole_months_at_leap_days_and_year_ends(starts_on, on, months):
    assert whole_months(starts_on, on) == months


@given(
    paid=st.dictionaries(st.sampled_from(["worker", "firm", "government"]), WON),
    months=st.integers(0, 60),
    share=st.fractions(0, 1),
)
def test_leaving_gives_every_won_to_somebody(paid, months, share):
    kept = {"firm": [(12, share)], "government": [(24, Fraction(1))]}

    shares = {left.payer: left for left in leave(paid, kept, months)}

    assert {
        payer: payer_share.to_saver + payer_share.back for payer, payer_share in shares.items()
    } == paid
    assert "worker" not in paid or shares["worker"].back == 0
    if months < 24 and "government" in paid:
        assert shares["government"].to_saver == 0
