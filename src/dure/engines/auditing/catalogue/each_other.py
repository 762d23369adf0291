"""Two firms whose projects buy from each other."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.vendor.notnull(), purchases.firm.notnull(), purchases.vendor != purchases.firm
    )
    firms = ledger.projects.select(vendor=ledger.projects.firm).distinct()
    purchases = purchases.semi_join(firms, "vendor")
    flows = purchases.group_by("firm", "vendor").agg(flow=purchases.amount.sum())
    back = flows.select(firm=flows.vendor, vendor=flows.firm, back=flows.flow)
    loops = flows.join(back, ["firm", "vendor"])
    loops = loops.filter(loops.flow >= parameters["least"], loops.back >= parameters["least"])
    paid = purchases.join(loops, ["firm", "vendor"])
    groups = paid.group_by("project", "vendor", "back").agg(
        who=paid.who.min(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    return groups.select("project", "rows", "who", "paid", "back", score=ibis.literal(1.0))
