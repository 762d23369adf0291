"""A vendor all of whose invoices are round sums."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.vendor.notnull(), told.amount >= parameters["least"])
    net = told.amount - told.vat.fill_null(0)
    told = told.mutate(
        round=((told.amount % parameters["round"] == 0) | (net % parameters["round"] == 0)).cast(
            "int64"
        )
    )
    usual = told.agg(common=told["round"].mean())
    vendors = told.group_by("project", "vendor").agg(
        times=told.count(),
        round=told["round"].sum(),
        paid=told.amount.sum(),
        who=told.who.min(),
        different=told.amount.nunique(),
    )
    vendors = vendors.filter(
        vendors.times >= parameters["least_times"],
        vendors["round"] == vendors.times,
        vendors.different > 1,
        vendors.paid >= parameters["least_sum"],
    ).cross_join(usual)
    vendors = vendors.filter(vendors.common <= parameters["most_common"])
    rows = told.semi_join(vendors, ["project", "vendor"])
    listed = rows.group_by("project", "vendor").agg(rows=rows_of(rows))
    found = vendors.join(listed, ["project", "vendor"])
    return found.select(
        "project", "rows", "who", "times", "paid", score=bounded(0.15 * found.times)
    )
