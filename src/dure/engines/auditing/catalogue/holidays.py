"""Cards used on public holidays."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import above_field, beyond_field, bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    free = purchases.filter(
        purchases.date.isin(sorted(ledger.holidays)),
        purchases.method != "transfer",
        purchases.kind.notin(parameters["not_kinds"]),
    )
    groups = free.group_by("project").agg(
        times=free.count(), paid=free.amount.sum(), rows=rows_of(free)
    )
    groups = above_field(groups, purchases)
    return groups.select("project", "rows", "times", "paid", score=beyond_field(groups))
