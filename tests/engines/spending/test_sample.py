"""Samples: the same for everybody, what is certain is in, and every won has the same chance."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.spending import SampleRow, SampleRule, Why, sample

ROWS = st.lists(
    st.builds(SampleRow, st.uuids().map(str), st.integers(1, 10**7), st.booleans()),
    unique_by=lambda row: row.id, max_size=60,
)  # fmt: skip
RULES = st.builds(
    SampleRule, st.integers(0, 100).map(Fraction), st.integers(1, 8), st.none() | st.integers(1, 10**7)
)  # fmt: skip


@given(rows=ROWS, rule=RULES, seed=st.text())
def test_as_many_rows_as_the_rule_says_and_the_same_again(rows, rule, seed):
    chosen = sample(rows, rule, seed)
    ids = [row.id for row in chosen]

    assert chosen == sample(rows, rule, seed)
    assert ids == [row.id for row in rows if row.id in set(ids)]
    certain = {
        row.id for row in rows
        if row.is_broken or (rule.always_from is not None and row.amount >= rule.always_from)
    }  # fmt: skip
    assert certain <= set(ids)
    size = max(int(len(rows) * rule.percent // 100), rule.fewest)
    assert len(ids) == min(max(size, len(certain)), len(rows))


@given(rows=ROWS, seed=st.text())
def test_the_order_in_which_rows_come_decides_nothing(rows, seed):
    rule = SampleRule(Fraction(20), 3)

    forth, back = (
        {(row.id, row.why) for row in sample(order, rule, seed)} for order in (rows, rows[::-1])
    )

    assert forth == back


def test_why_a_row_is_in_it():
    rows = [
        SampleRow("broken", 10, is_broken=True), SampleRow("large", 5_000_000),
        *(SampleRow(f"small-{number}", 1_000) for number in range(8)),
    ]  # fmt: skip

    chosen = sample(rows, SampleRule(Fraction(15), 3, 3_000_000), "seed")

    assert [row.why for row in chosen] == [Why.BROKEN, Why.LARGE, Why.DRAWN]


def test_a_row_of_twice_the_sum_is_drawn_twice_as_often():
    rows = [SampleRow("double", 2_000), *(SampleRow(f"single-{n}", 1_000) for n in range(8))]

    drawn = Counter(
        row.id for seed in range(2_000) for row in sample(rows, SampleRule(Fraction(0), 2), str(seed))
    )  # fmt: skip

    assert drawn["double"] / 2_000 == pytest.approx(2 * 2 / 10, abs=0.03)
    assert drawn["single-0"] / 2_000 == pytest.approx(2 / 10, abs=0.03)
