"""A vendor all of whose invoices are round sums."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.vendor.notnull(), purchases.amount >= parameters["least"]
    )
    net = purchases.amount - purchases.vat.fill_null(0)
    purchases = purchases.mutate(
        round=(
            (purchases.amount % parameters["round"] == 0) | (net % parameters["round"] == 0)
        ).cast("int64")
    )
    usual = purchases.agg(common=purchases["round"].mean())
    vendors = purchases.group_by("project", "vendor").agg(
        times=purchases.count(),
        round=purchases["round"].sum(),
        paid=purchases.amount.sum(),
        who=purchases.who.min(),
        different=purchases.amount.nunique(),
    )
    vendors = vendors.filter(
        vendors.times >= parameters["least_times"],
        vendors["round"] == vendors.times,
        vendors.different > 1,
        vendors.paid >= parameters["least_sum"],
    ).cross_join(usual)
    vendors = vendors.filter(vendors.common <= parameters["most_common"])
    rows = purchases.semi_join(vendors, ["project", "vendor"])
    listed = rows.group_by("project", "vendor").agg(rows=rows_of(rows))
    flagged = vendors.join(listed, ["project", "vendor"])
    return flagged.select(
        "project", "rows", "who", "times", "paid", score=bounded(0.15 * flagged.times)
    )
