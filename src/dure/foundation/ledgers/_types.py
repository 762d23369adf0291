"""Cells as people write them, cast to what a column holds, in the SQL of DuckDB.

Each cast is NULL where the cell is empty and where it cannot be read; the two are told apart by the
cell itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

_DATES = "['%Y.%m.%d', '%Y/%m/%d', '%Y%m%d', '%Y. %m. %d', '%Y. %m. %d.', '%Y.%m.%d.', '%Y-%m-%d %H:%M:%S']"
_TIMES = "['%H:%M', '%H:%M:%S', '%H%M', '%Y-%m-%d %H:%M:%S']"
_YES, _NO = (
    "('1', 'true', 't', 'y', 'yes', 'o', '예', '계획')",
    "('0', 'false', 'f', 'n', 'no', 'x', '아니오', '아니요', '계획외')",
)
_WHOLE = r"^[-−△]?\(?[0-9][0-9, ]*(\.0*)?\)?\s*원?$"


@dataclass(frozen=True, slots=True)
class Cell:
    """How a column of a kind is read, and what to say of what cannot be."""

    cast: Callable[[str], str]
    """SQL of the value, of the SQL of a text that is not empty"""
    native: tuple[str, ...]
    """types of DuckDB that need no reading"""
    type: str
    remedy: str


def _whole(text: str) -> str:
    bare = f"regexp_replace({text}, '[^0-9.]', '', 'g')"
    minus = f"CASE WHEN regexp_matches({text}, '^[-−△(]') THEN -1 ELSE 1 END"
    return (
        f"CASE WHEN {text} ~ '^-?[0-9]{{1,15}}$' THEN TRY_CAST({text} AS BIGINT)"
        f" WHEN regexp_matches({text}, '{_WHOLE}')"
        f" THEN TRY_CAST(TRY_CAST({bare} AS DECIMAL(18, 2)) AS BIGINT) * ({minus}) END"
    )


def _date(text: str) -> str:
    return f"COALESCE(TRY_CAST({text} AS DATE), TRY_CAST(try_strptime({text}, {_DATES}) AS DATE))"


def _minute(text: str) -> str:
    moment = f"try_strptime({text}, {_TIMES})"
    usual = f"length({text}) = 5 AND {text} < '24' AND substr({text}, 3, 1) = ':'"
    minutes = f"TRY_CAST(substr({text}, 4) AS INTEGER)"
    return (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN {usual} AND {minutes} BETWEEN 0 AND 59"
        f" THEN 60 * TRY_CAST(left({text}, 2) AS INTEGER) + {minutes}"
        f" ELSE 60 * hour({moment}) + minute({moment}) END"
    )


def _bool(text: str) -> str:
    return f"CASE WHEN lower({text}) IN {_YES} THEN TRUE WHEN lower({text}) IN {_NO} THEN FALSE END"


def _picture(text: str) -> str:
    """The 64 bits that sixteen hexadecimal digits say, as a whole number with a sign."""
    bits = f"TRY_CAST('0x' || {text} AS UBIGINT)"
    signed = f"CAST(CAST({bits} AS HUGEINT) - CAST(18446744073709551616 AS HUGEINT) AS BIGINT)"
    return (
        f"CASE WHEN NOT regexp_full_match({text}, '[0-9a-fA-F]{{16}}') THEN NULL"
        f" WHEN {text} < '8' THEN CAST({bits} AS BIGINT) ELSE {signed} END"
    )


def _wording(text: str) -> str:
    return f"fingerprint_of_text({text})"


def _number(text: str) -> str:
    return f"TRY_CAST(replace({text}, '%', '') AS DOUBLE)"


def _code(text: str) -> str:
    """A business number or an account, however its parts are set off."""
    return (
        f"CASE WHEN (contains({text}, '-') OR contains({text}, ' '))"
        f" AND regexp_full_match({text}, '[0-9][0-9 -]{{6,}}')"
        f" THEN regexp_replace({text}, '[ -]', '', 'g') ELSE {text} END"
    )


_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
TEXT = Cell(lambda text: text, (), "VARCHAR", "")
CODE = Cell(_code, (), "VARCHAR", "")
WON = Cell(_whole, _INTEGERS, "BIGINT", "Write whole won, digits only, such as 1500000.")
COUNT = Cell(_whole, _INTEGERS, "INTEGER", "Write a whole number.")
DAY = Cell(_date, ("DATE",), "DATE", "Write a date such as 2026-03-31.")
MINUTE = Cell(_minute, (), "INTEGER", "Write a time of day such as 18:30.")
YES_NO = Cell(_bool, ("BOOLEAN",), "BOOLEAN", "Write 1 or 0.")
PERCENT = Cell(_number, ("DOUBLE", "FLOAT", *_INTEGERS), "DOUBLE", "Write a number such as 35.")
PICTURE = Cell(
    _picture, ("BIGINT",), "BIGINT", "Write the 16 hexadecimal digits of a picture's hash."
)
WORDING = Cell(_wording, ("BIGINT",), "BIGINT", "")

CELLS = {
    "date": DAY, "start": DAY, "end": DAY, "time": MINUTE, "amount": WON, "vat": WON, "total": WON,
    "attendees": COUNT, "in_plan": YES_NO, "percent": PERCENT, "vendor": CODE, "firm": CODE,
    "account": CODE, "corrected_on": DAY, "vendor_founded": DAY, "vendor_closed": DAY, "left_on": DAY,
    "days_present": COUNT, "evidence_picture": PICTURE, "evidence_text": WORDING,
}  # fmt: skip


def cell_of(column: str) -> Cell:
    """How the cells of a column are read; those of a plan are won."""
    return WON if column.startswith("plan_") else CELLS.get(column, TEXT)
