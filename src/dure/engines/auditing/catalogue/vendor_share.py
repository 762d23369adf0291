"""One vendor with far more of a budget item than vendors elsewhere have."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, fences, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.vendor.notnull(), told.kind.notin(parameters["not_kinds"]))
    vendors = told.group_by("project", "kind", "vendor").agg(
        paid=told.amount.sum(), times=told.count(), who=told.who.min()
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
    rows = told.semi_join(top, ["project", "kind", "vendor"])
    listed = rows.group_by("project", "kind", "vendor").agg(
        rows=rows_of(rows), item=rows.item.min()
    )
    found = top.join(listed, ["project", "kind", "vendor"])
    beyond = (found.share - found.fence) / (1 - found.fence).clip(lower=0.01)
    return found.select(
        "project", "rows", "who", "item", "share", "paid", score=bounded(0.4 + 0.6 * beyond)
    )
