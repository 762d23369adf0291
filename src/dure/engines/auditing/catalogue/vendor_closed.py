"""Payments to vendors that had closed by then."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    after = purchases.filter((purchases.date > purchases.vendor_closed).fill_null(False))
    groups = after.group_by("project", "vendor").agg(
        who=after.who.min(),
        closed=after.vendor_closed.min(),
        times=after.count(),
        paid=after.amount.sum(),
        total=after.total.max(),
        rows=rows_of(after),
    )
    groups = groups.filter(groups.paid >= parameters["least"])
    share = (groups.paid / groups.total.nullif(0)).fill_null(0.05)
    return groups.select(
        "project", "rows", "who", "closed", "times", "paid", score=bounded(0.4 + 5 * share)
    )
