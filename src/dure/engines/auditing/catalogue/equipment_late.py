"""Equipment bought when little of the project was left."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    left = purchases.end.delta(purchases.date, unit="day")
    late = purchases.filter(
        purchases.kind == "equipment",
        left >= 0,
        left <= parameters["days"],
        purchases.amount >= parameters["least"],
    )
    late = late.mutate(left=late.end.delta(late.date, unit="day"))
    groups = late.group_by("project").agg(
        times=late.count(), paid=late.amount.sum(), left=late.left.min(), rows=rows_of(late)
    )
    return groups.select(
        "project",
        "rows",
        "times",
        "paid",
        "left",
        score=bounded(1 - groups.left / (parameters["days"] + 1.0)),
    )
