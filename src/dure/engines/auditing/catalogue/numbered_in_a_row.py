"""Invoices of a vendor that follow each other, as if it had no other customer."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.vendor.notnull(),
        purchases.date.notnull(),
        purchases.evidence.notnull(),
        purchases.method != "card",
    )
    purchases = purchases.mutate(
        head=purchases.evidence.left(purchases.evidence.length() - parameters["digits"]),
        number=purchases.evidence.right(parameters["digits"]).try_cast("int64"),
    )
    keys = ["project", "vendor", "head"]
    groups = (
        purchases.filter(purchases.number.notnull())
        .group_by(keys)
        .agg(
            times=purchases.number.nunique(),
            who=purchases.who.min(),
            paid=purchases.amount.sum(),
            different=purchases.amount.nunique(),
            low=purchases.number.min(),
            high=purchases.number.max(),
            days=purchases.date.max().delta(purchases.date.min(), unit="day"),
        )
    )
    groups = groups.filter(
        groups.times >= parameters["least_times"],
        groups.high - groups.low <= parameters["most_step"] * (groups.times - 1),
        groups.different * 2 >= groups.times,
        groups.days >= parameters["least_days"],
        groups.paid >= parameters["least"],
    )
    rows = purchases.semi_join(groups, keys)
    listed = rows.group_by(keys).agg(rows=rows_of(rows))
    flagged = groups.join(listed, keys)
    return flagged.select(
        "project", "rows", "who", "times", "days", "paid", score=bounded(0.2 * flagged.times)
    )
