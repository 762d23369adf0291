"""Invoices of a vendor that follow each other, as if it had no other customer."""

from collections.abc import Mapping
from typing import Any

import ibis
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
        head=told.evidence.re_replace("[0-9]+$", ""),
        number=told.evidence.re_extract("([0-9]{1,15})$", 1).nullif("").cast("int64"),
    )
    keys = ["project", "vendor", "head"]
    told = told.filter(told.number.notnull())
    window = ibis.window(group_by=keys, order_by=["number", "row"])
    step = told.number - told.number.lag().over(window)
    told = told.mutate(fresh=((step > parameters["most_step"]) | step.isnull()).cast("int64"))
    told = told.mutate(run=told.fresh.cumsum(group_by=keys, order_by=["number", "row"]))
    groups = told.group_by(*keys, "run").agg(
        times=told.number.nunique(),
        who=told.who.min(),
        paid=told.amount.sum(),
        first=told.date.min(),
        last=told.date.max(),
        rows=rows_of(told),
    )
    days = groups["last"].delta(groups["first"], unit="day")
    groups = groups.mutate(days=days).filter(
        groups.times >= parameters["least_times"],
        days >= parameters["least_days"],
        groups.paid >= parameters["least"],
    )
    return groups.select(
        "project", "rows", "who", "times", "days", "paid", score=bounded(0.2 * groups.times)
    )
