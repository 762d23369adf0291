"""Money to a vendor that is tied to the firm."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    tied = ledger.relations
    holding = tied.relation.lower().isin(parameters["holdings"])
    tied = tied.filter(
        tied.vendor.notnull(),
        tied.firm.notnull(),
        ~holding | (tied.percent >= parameters["least_percent"]),
    )
    tied = tied.mutate(
        relation=ibis.coalesce(tied.relation, ""),
        weight=ibis.ifelse(tied.relation.lower().isin(parameters["holdings"]), 0.8, 1.0),
    )
    tied = tied.group_by("firm", "vendor").agg(
        relation=tied.relation.min(), weight=tied.weight.max()
    )
    purchases = bought(ledger.expenses)
    paid = purchases.join(tied, ["firm", "vendor"])
    groups = paid.group_by("project", "vendor", "relation", "weight").agg(
        who=paid.who.min(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    groups = groups.filter(groups.paid >= parameters["least"])
    return groups.select("project", "rows", "who", "relation", "paid", score=groups.weight)
