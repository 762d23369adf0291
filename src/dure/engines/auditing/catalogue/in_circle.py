"""Three firms whose projects buy from one another in a circle."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    firms = ledger.projects.select(vendor=ledger.projects.firm).distinct()
    purchases = purchases.filter(purchases.firm.notnull(), purchases.vendor != purchases.firm)
    purchases = purchases.semi_join(firms, "vendor")
    flows = purchases.group_by("firm", "vendor").agg(flow=purchases.amount.sum())
    flows = flows.filter(flows.flow >= parameters["least"])
    onward = flows.select(vendor=flows.firm, third=flows.vendor, onward=flows.flow)
    home = flows.select(third=flows.firm, firm=flows.vendor, back=flows.flow)
    circles = flows.join(onward, "vendor").join(home, ["third", "firm"])
    circles = circles.group_by("firm", "vendor").agg(
        third=circles.third.min(), back=circles.back.max()
    )
    paid = purchases.join(circles, ["firm", "vendor"])
    groups = paid.group_by("project", "vendor", "third", "back").agg(
        who=paid.who.min(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    return groups.select("project", "rows", "who", "third", "paid", "back", score=ibis.literal(1.0))
