"""What a bank really transferred, read from its list (Excel or CSV)."""

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from dure.apps.agreements.models import MOST_WON
from dure.foundation.sheets import Column, read_tables

COLUMNS = (
    Column("reference", "지급번호", "Reference", is_required=True, aliases=("적요",)),
    Column("account_number", "계좌번호", "Account number", is_required=True, aliases=("입금계좌",)),
    Column("amount", "금액(원)", "Amount (won)", is_required=True, aliases=("금액", "이체금액")),
    Column(
        "paid_on", "이체일", "Day of transfer", is_required=True, aliases=("거래일자", "이체일자")
    ),
)
_WON = re.compile(r"[0-9]{1,16}")
_DAY = re.compile(r"(\d{4})[-./]?(\d{2})[-./]?(\d{2})(?:\D.*)?")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A line of the bank's list: which instalment it names, how much went where, and when.

    What cannot be read of it is empty: no amount, no day.
    """

    row: int
    reference: str
    account_number: str
    amount: int | None
    paid_on: date | None


def read_transfers(file: IO[bytes], name: str) -> list[Transfer]:
    """Read a bank's list. Raises UnreadableFile."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("list.csv" if name.lower().endswith(".csv") else "list.xlsx")
        path.write_bytes(file.read())
        tables = read_tables(path, COLUMNS)
    return [
        Transfer(
            row.number,
            str(row.cells.get("reference", "")).strip(),
            str(row.cells.get("account_number", "")),
            _won(str(row.cells.get("amount", ""))),
            _day(str(row.cells.get("paid_on", ""))),
        )
        for table in tables
        for row in table.rows
    ]


def _won(text: str) -> int | None:
    plain = text.strip().replace(",", "").removesuffix("원").removesuffix(".0")
    won = int(plain) if _WON.fullmatch(plain) else 0
    return won if 0 < won <= MOST_WON else None


def _day(text: str) -> date | None:
    if not (match := _DAY.fullmatch(text.strip())):
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
