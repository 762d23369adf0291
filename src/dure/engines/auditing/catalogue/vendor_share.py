"""One vendor with far more of a budget item than vendors elsewhere have."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, fences, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.vendor.notnull(), purchases.kind.notin(parameters["not_kinds"])
    )
    vendors = purchases.group_by("project", "kind", "vendor").agg(
        paid=purchases.amount.sum(), times=purchases.count(), who=purchases.who.min()
    )
    items = vendors.group_by("project", "kind").agg(
        whole=vendors.paid.sum(), payments=vendors.times.sum(), most=vendors.paid.max()
    )
    items = items.filter(items.payments >= parameters["least_payments"])
    items = items.mutate(share=items.most / items.whole, size=items.payments.log2().floor())
    field = fences(items, ["kind", "size"], "share", parameters["fence"])
    usual = items.join(field.filter(field.field >= parameters["least_field"]), ["kind", "size"])
    usual = usual.mutate(fence=ibis.greatest(usual.fence, parameters["least_share"]))
    top = vendors.join(
        usual.filter(usual.share > usual.fence, usual.most >= parameters["least"]).drop("size"),
        ["project", "kind"],
    )
    top = top.filter(top.paid == top.most, top.times >= parameters["least_times"])
    rows = purchases.semi_join(top, ["project", "kind", "vendor"])
    listed = rows.group_by("project", "kind", "vendor").agg(
        rows=rows_of(rows), item=rows.item.min()
    )
    flagged = top.join(listed, ["project", "kind", "vendor"])
    beyond = (flagged.share - flagged.fence) / (1 - flagged.fence).clip(lower=0.01)
    return flagged.select(
        "project", "rows", "who", "item", "share", "paid", score=bounded(0.4 + 0.6 * beyond)
    )
