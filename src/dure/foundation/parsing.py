"""Numbers, ids and lines of text from outside: the one place where they are read.

Python's own `int` and `str.isdigit` forgive what a database does not: `²` is a digit and no number,
`１２` and `1_000` are numbers, and five thousand digits are an error of their own.
"""

import re
import unicodedata
from collections.abc import Iterable

LARGEST_ID = 2**63 - 1
MOST_IDS = 1000
_DIGITS = re.compile(r"[0-9]{1,19}", re.ASCII)


def whole_number(text: object, *, low: int = 0, high: int = LARGEST_ID) -> int | None:
    """The number that plain ASCII digits spell; None for anything else and outside the bounds.

    >>> whole_number("042"), whole_number("²"), whole_number("9" * 5000), whole_number(None)
    (42, None, None, None)
    >>> whole_number("1900", high=1899) is None
    True
    """
    if not isinstance(text, str) or not _DIGITS.fullmatch(text):
        return None
    number = int(text)
    return number if low <= number <= high else None


def row_id(text: object) -> int | None:
    """The id of a row, from 1 to what a column of ids can hold; None for anything else."""
    return whole_number(text, low=1)


def row_ids(texts: Iterable[object]) -> list[int]:
    """The ids among `texts`, each once and in their order, no more than a page can list.

    >>> row_ids(["3", "²", "3", "0", "1"])
    [3, 1]
    """
    ids = dict.fromkeys(number for text in texts if (number := row_id(text)) is not None)
    return list(ids)[:MOST_IDS]


def single_line(text: str) -> str:
    """`text` in one line: every run of white space and control characters becomes a space.

    For what ends in a header of an e-mail, a line of a calendar or a cell.

    >>> single_line(" Ada\\r\\nBcc: all@example.org ")
    'Ada Bcc: all@example.org'
    """
    is_break = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
    return " ".join(is_break.split())


# Control characters, line and paragraph separators.
_BREAKS = {"Cc", "Zl", "Zp"}
