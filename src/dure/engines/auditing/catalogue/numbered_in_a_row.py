"""Invoices of a vendor that follow each other, as if it had no other customer."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(
        told.vendor.notnull(),
        told.date.notnull(),
        told.evidence.notnull(),
        told.method != "card",
    )
    told = told.mutate(
        head=told.evidence.left(told.evidence.length() - parameters["digits"]),
        number=told.evidence.right(parameters["digits"]).try_cast("int64"),
    )
    keys = ["project", "vendor", "head"]
    groups = (
        told.filter(told.number.notnull())
        .group_by(keys)
        .agg(
            times=told.number.nunique(),
            who=told.who.min(),
            paid=told.amount.sum(),
            different=told.amount.nunique(),
            low=told.number.min(),
            high=told.number.max(),
            days=told.date.max().delta(told.date.min(), unit="day"),
        )
    )
    groups = groups.filter(
        groups.times >= parameters["least_times"],
        groups.high - groups.low <= parameters["most_step"] * (groups.times - 1),
        groups.different * 2 >= groups.times,
        groups.days >= parameters["least_days"],
        groups.paid >= parameters["least"],
    )
    rows = told.semi_join(groups, keys)
    listed = rows.group_by(keys).agg(rows=rows_of(rows))
    found = groups.join(listed, keys)
    return found.select(
        "project", "rows", "who", "times", "days", "paid", score=bounded(0.2 * found.times)
    )
