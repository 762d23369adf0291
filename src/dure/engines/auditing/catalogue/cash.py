"""Payments in cash."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    cash = purchases.filter(purchases.method == "cash", purchases.amount >= parameters["least"])
    groups = cash.group_by("project").agg(
        times=cash.count(), paid=cash.amount.sum(), rows=rows_of(cash)
    )
    return groups.select(
        "project", "rows", "times", "paid", score=bounded(0.3 + 0.1 * groups.times)
    )
