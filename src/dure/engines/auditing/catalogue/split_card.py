"""One bill paid in several parts within the hour."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.vendor.notnull(),
        purchases.date.notnull(),
        purchases.minute.notnull(),
        purchases.kind.isin(parameters["kinds"]),
        purchases.amount >= parameters["least"],
    )
    keys = ["project", "vendor", "date"]
    often = purchases.group_by(keys).agg(times=purchases.count())
    purchases = purchases.semi_join(often.filter(often.times > 1), keys)
    window = ibis.window(group_by=keys, order_by=["minute", "row"])
    fresh = purchases.mutate(
        fresh=(purchases.minute - purchases.minute.lag().over(window) > parameters["most_minutes"])
        .fill_null(True)
        .cast("int64")
    )
    parts = fresh.mutate(run=fresh.fresh.cumsum(group_by=keys, order_by=["minute", "row"]))
    groups = parts.group_by(*keys, "run").agg(
        times=parts.count(), who=parts.who.min(), paid=parts.amount.sum(), rows=rows_of(parts)
    )
    groups = groups.filter(groups.times > 1, groups.paid >= parameters["least_sum"])
    return groups.select(
        "project",
        "rows",
        "who",
        "date",
        "times",
        "paid",
        score=bounded(0.15 + 0.2 * groups.times),
    )
