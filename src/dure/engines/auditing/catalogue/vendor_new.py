"""Vendors that were founded just before they were first paid, and a large part of what was bought."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    whole = purchases.group_by("project").agg(whole=purchases.amount.sum())
    known = purchases.filter(
        purchases.vendor.notnull(), purchases.vendor_founded.notnull(), purchases.date.notnull()
    )
    groups = known.group_by("project", "vendor").agg(
        who=known.who.min(),
        founded=known.vendor_founded.max(),
        first=known.date.min(),
        paid=known.amount.sum(),
        rows=rows_of(known),
    )
    groups = groups.mutate(days=groups.first.delta(groups.founded, unit="day"))
    groups = groups.join(whole, "project")
    groups = groups.mutate(share=groups.paid / groups.whole.nullif(0))
    young = groups.filter(
        groups.days >= 0,
        groups.days <= parameters["most_days"],
        groups.paid >= parameters["least"],
        groups.share >= parameters["least_share"],
    )
    return young.select(
        "project", "rows", "who", "founded", "days", "paid", "share",
        score=bounded(0.25 + 1.2 * young.share),
    )  # fmt: skip
