"""Sharing out to the won."""

import json
from fractions import Fraction

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dure.values.money import at_least, at_most, split

CASES = settings.DURE_DATA / "money_cases" / "allocate.jsonl" if settings.DURE_DATA else None

totals = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
shares = st.fractions(0, 1, max_denominator=10_000)


@pytest.mark.parametrize(
    ("total", "by", "parts"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (101, [1, 1, 1], (34, 34, 33)),
        (5, [3, 7], (2, 3)),  # both remainders are a half: the first in line is served
        (5, [7, 3], (4, 1)),
        (0, [1, 2], (0, 0)),
        (0, [0, 0], (0, 0)),
        (1, [0, 1], (0, 1)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (18_000_000, [1, 1, 1], (6_000_000,) * 3),
        (350_000_000, [60, 30, 10], (210_000_000, 105_000_000, 35_000_000)),
        (350_000_001, [60, 30, 10], (210_000_001, 105_000_000, 35_000_000)),
        (1_333_333_333, [75, 25], (1_000_000_000, 333_333_333)),
        (10**15 + 1, [Fraction(1, 3)] * 3, (333333333333334, 333333333333334, 333333333333333)),
    ],
)
def test_a_total_is_split_by_largest_remainder(total, by, parts):
    assert split(total, by) == parts


@pytest.mark.parametrize(("total", "by"), [(1, []), (1, [0, 0]), (1, [2, -1])])
def test_nobody_to_share_out_to_is_an_error(total, by):
    with pytest.raises(ValueError, match=r"weight|nobody"):
        split(total, by)


@given(totals, weights)
def test_the_parts_add_up_and_each_is_its_exact_share_rounded(total, by):
    parts = split(total, by)

    assert sum(parts) == total
    for part, weight in zip(parts, by, strict=True):
        assert abs(part - Fraction(total * weight, sum(by))) < 1


@given(totals, weights)
def test_equal_weights_differ_by_at_most_one_and_the_first_is_never_behind(total, by):
    parts = split(abs(total), by)

    for place, weight in enumerate(by):
        for other in range(place + 1, len(by)):
            if by[other] == weight:
                assert 0 <= parts[place] - parts[other] <= 1


@given(st.integers(0, 10**13), shares)
def test_limits_are_the_last_whole_won_that_keeps_a_share(total, share):
    most, least = at_most(total, share), at_least(total, share)

    assert most <= total * share < most + 1
    assert least - 1 < total * share <= least


@pytest.mark.skipif(CASES is None or not CASES.is_file(), reason="the real data are not here")
def test_the_cases_of_other_libraries_come_out():
    cases = [json.loads(line) for line in CASES.read_text().splitlines()]

    wrong = [
        case
        for case in cases
        if list(split(case["total"], [Fraction(str(w)) for w in case["weights"]]))
        != case["largest_remainder"]
    ]

    assert len(cases) > 100
    assert wrong == []
