"""Numbers that tell how fair a selection was never tell of somebody."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scoring import agreement, shares

cases = st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=60)


@given(cases, st.integers(1, 8))
def test_no_group_smaller_than_the_limit_is_shown_or_can_be_subtracted(cases, fewest):
    counted = shares(cases, fewest)

    hidden = [share for share in counted if not share.is_shown]
    assert all(share.count >= fewest for share in counted if share.is_shown)
    assert len(hidden) != 1 or len(counted) == 1


@given(cases)
def test_what_is_shown_is_counted(cases):
    for share in shares(cases, 3):
        of = [is_success for group, is_success in cases if group == share.of]
        if share.is_shown:
            assert (share.count, share.successes) == (len(of), sum(of))
            assert share.rate == Fraction(sum(of), len(of))


def test_agreement_is_the_share_of_pairs_that_lie_near():
    marks = [[Fraction(80), Fraction(84), Fraction(100)], [Fraction(60)]]

    assert agreement(marks, Fraction(10)) == Fraction(1, 3)
    assert agreement([[Fraction(1)]], Fraction(10)) is None
