"""Two firms whose projects buy from each other."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.vendor.notnull(), told.firm.notnull(), told.vendor != told.firm)
    firms = ledger.projects.select(vendor=ledger.projects.firm).distinct()
    told = told.semi_join(firms, "vendor")
    flows = told.group_by("firm", "vendor").agg(flow=told.amount.sum())
    back = flows.select(firm=flows.vendor, vendor=flows.firm, back=flows.flow)
    loops = flows.join(back, ["firm", "vendor"])
    loops = loops.filter(loops.flow >= parameters["least"], loops.back >= parameters["least"])
    paid = told.join(loops, ["firm", "vendor"])
    groups = paid.group_by("project", "vendor", "back").agg(
        who=paid.who.min(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    return groups.select("project", "rows", "who", "paid", "back", score=ibis.literal(1.0))
