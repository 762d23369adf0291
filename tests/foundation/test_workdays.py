"""Terms that end on a Saturday, a Sunday or a public holiday end with the next working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.workdays import is_workday, last_workday, over_on, term_ends

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("agreed", "ends"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),  # a Thursday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, a Friday
        (date(2026, 12, 31), date(2026, 12, 31)),  # the last day of a year is a working day
        (date(2027, 1, 1), date(2027, 1, 4)),  # New Year, a Friday
        (date(2028, 12, 31), date(2029, 1, 2)),  # a Sunday, and New Year after it
        (date(2027, 2, 6), date(2027, 2, 10)),  # 설날 falls on a Sunday: Tuesday is its substitute
        (date(2026, 10, 3), date(2026, 10, 6)),  # 개천절 on a Saturday, with its substitute
        (date(2028, 2, 29), date(2028, 2, 29)),  # a leap day
        (date(2032, 2, 29), date(2032, 3, 2)),  # a leap day on a Sunday, before 삼일절
    ],
)
def test_days_of_the_calendar(agreed, ends):
    assert term_ends(agreed) == ends


@given(DAYS, DAYS)
def test_a_term_is_over_exactly_after_its_last_working_day(agreed, today):
    assert (term_ends(agreed) < today) == (agreed <= over_on(today))


@given(DAYS)
def test_between_a_day_and_the_end_of_its_term_nobody_works(day):
    ends = term_ends(day)

    assert is_workday(ends)
    assert not any(is_workday(day + timedelta(n)) for n in range((ends - day).days))
    assert last_workday(ends) == ends
