"""Unplanned purchases in the last days."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    left = purchases.end.delta(purchases.date, unit="day")
    late = purchases.filter(
        left >= 0, left <= parameters["days"], ~purchases.in_plan.fill_null(True)
    )
    whole = purchases.group_by("project").agg(whole=purchases.amount.sum())
    groups = late.group_by("project").agg(
        times=late.count(), paid=late.amount.sum(), rows=rows_of(late)
    )
    groups = groups.join(whole, "project")
    groups = groups.mutate(share=groups.paid / groups.whole)
    groups = groups.filter(
        groups.paid >= parameters["least"], groups.share >= parameters["least_share"]
    )
    return groups.select(
        "project", "rows", "times", "paid", "share", score=bounded(0.3 + 2 * groups.share)
    )
