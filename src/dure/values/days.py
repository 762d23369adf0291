"""Days as people write them."""

import re
import unicodedata
from datetime import date

_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}(?:00:00:00)?", re.ASCII)


def read_day(text: str) -> date | None:
    """The day that a cell names; None when it is none.

    >>> read_day("2026-11-30") == read_day("2026. 11. 30.") == date(2026, 11, 30)
    True
    """
    match = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()).replace("T", ""))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
