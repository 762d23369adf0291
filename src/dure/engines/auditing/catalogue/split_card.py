"""One bill paid in several parts within the hour."""

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
        told.minute.notnull(),
        told.kind.isin(parameters["kinds"]),
        told.amount >= parameters["least"],
    )
    keys = ["project", "vendor", "date"]
    often = told.group_by(keys).agg(times=told.count())
    told = told.semi_join(often.filter(often.times > 1), keys)
    window = ibis.window(group_by=keys, order_by=["minute", "row"])
    fresh = told.mutate(
        fresh=(told.minute - told.minute.lag().over(window) > parameters["most_minutes"])
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
