"""Rows of a ledger as a reader sees them."""

from collections.abc import Iterable
from typing import Any

import ibis

from dure.engines.auditing import Ledger


def rows_told(ledger: Ledger, rows: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By its number each of these rows: day (ISO), vendor, item, purpose, person, amount in won."""
    wanted = ibis.memtable({"row": sorted(rows)}, schema=ibis.schema({"row": "string"}))
    spent = ledger.expenses
    expenses = spent.semi_join(wanted, "row").select(
        "row", "date", "who", "item", "purpose", "person", "amount"
    )
    return {
        line["row"]: line | {"date": line["date"].isoformat() if line["date"] else ""}
        for line in expenses.to_pyarrow().to_pylist()
    }
