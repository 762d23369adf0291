"""Cards used in the night."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import above_field, beyond_field, bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    start, end = parameters["from_hour"] * 60, parameters["to_hour"] * 60
    night = purchases.filter(
        purchases.minute.notnull(),
        (purchases.minute >= start) | (purchases.minute < end),
        purchases.minute != 0,
        purchases.method != "transfer",
    )
    groups = night.group_by("project").agg(
        times=night.count(), paid=night.amount.sum(), rows=rows_of(night)
    )
    groups = above_field(groups, purchases)
    return groups.select("project", "rows", "times", "paid", score=beyond_field(groups))
