"""Orders cut up so that each stays just under a threshold."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of, runs


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.vendor.notnull(), purchases.date.notnull())
    net = purchases.amount - purchases.vat.fill_null(0)
    limits = [
        (limit, (value >= int(limit * parameters["near"])) & (value < limit))
        for limit in parameters["limits"]
        for value in (purchases.amount, net)
    ]
    below = ibis.cases(*((near, ibis.literal(limit)) for limit, near in limits), else_=0)
    near = purchases.mutate(cut=below)
    near = near.filter(near.cut > 0)
    parts = runs(near, ["project", "vendor", "cut"], parameters["most_days"])
    groups = parts.group_by("project", "vendor", "cut", "run").agg(
        times=parts.count(),
        who=parts.who.min(),
        paid=parts.amount.sum(),
        rows=rows_of(parts),
        different=parts.amount.nunique(),
        days=parts.date.nunique(),
    )
    groups = groups.filter(groups.times > 1, groups.times <= parameters["most_times"])
    score = (0.25 * groups.times).clip(upper=1.0) * (groups.cut >= parameters["full_from"]).ifelse(
        1.0, 0.6
    )
    return groups.select(
        "project", "rows", "who", "times", "paid", limit=groups.cut, score=bounded(score)
    )
