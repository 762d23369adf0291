"""Terms that would end on a day without work (민법 161조).

A term whose last day is a Saturday, a Sunday or a public holiday ends with the next working day. What
stands in an agreement is the day as it was agreed; the law moves only when it is over.
"""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

_DAY = timedelta(days=1)
_FRIDAY = 4


def is_workday(day: date) -> bool:
    """False on Saturdays, Sundays and public holidays of Korea, substitutes included.

    >>> [is_workday(date(2026, 10, day)) for day in (2, 3, 5, 6)]  # 개천절, a Saturday, and its substitute
    [True, False, False, True]
    """
    return day.weekday() <= _FRIDAY and day not in _holidays(day.year)


def term_ends(day: date) -> date:
    """The day with which a term ends whose last day is `day`.

    >>> term_ends(date(2027, 1, 1))  # New Year, a Friday
    datetime.date(2027, 1, 4)
    """
    while not is_workday(day):
        day += _DAY
    return day


def last_workday(day: date) -> date:
    """The working day on or before `day`: exactly the terms up to it have ended by then."""
    while not is_workday(day):
        day -= _DAY
    return day


def over_on(day: date) -> date:
    """The latest last day of a term that is over when `day` begins: for `…__lte` in a query."""
    return last_workday(day - _DAY)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("KR", years=year))
