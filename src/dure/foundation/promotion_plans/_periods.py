"""How a plan writes periods: 2022, 2020-2022, 2022-12, 2023-11-21."""

import calendar
import re
from datetime import date

from dure.engines.measuring import Period

_PERIOD = re.compile(r"(\d{4})(?:-(\d{4})|-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class NotAPeriod(ValueError):
    """A text that is no period."""


def period_of(text: str) -> Period:
    """Return the days that a period in a plan means. Raises NotAPeriod."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise NotAPeriod(text)
    year, last_year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return Period(date(year, month, day), date(year, month, day))
        if match[3]:
            return Period(
                date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            )
        return Period(date(year, 1, 1), date(last_year or year, 12, 31))
    except ValueError as error:
        raise NotAPeriod(text) from error


def year_of(text: str) -> int:
    """Return the year under which a period stands in tables: that of its last day."""
    return period_of(text).last.year
