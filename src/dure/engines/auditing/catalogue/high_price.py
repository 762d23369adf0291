"""A price far above what such goods cost elsewhere."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.mutate(goods=ibis.coalesce(purchases.purpose, purchases.item))
    purchases = purchases.filter(
        purchases.goods.notnull(), purchases.kind.notin(parameters["not_kinds"])
    )
    purchases = purchases.mutate(size=purchases.amount.cast("float64").ln())
    low, middle, high = (purchases["size"].quantile(part) for part in (0.25, 0.5, 0.75))
    usual = purchases.group_by("kind", "goods").agg(
        low=low, middle=middle, high=high, payments=purchases.count()
    )
    usual = usual.filter(usual.payments >= parameters["least_field"])
    spread = ((usual.high - usual.low) / 1.349).clip(lower=parameters["least_spread"])
    priced = purchases.filter(purchases.amount >= parameters["least"]).join(
        usual.mutate(spread=spread), ["kind", "goods"]
    )
    far = priced.mutate(
        beyond=(priced["size"] - priced.middle) / priced.spread,
        times=(priced["size"] - priced.middle).exp(),
    )
    far = far.filter(far.beyond > parameters["near_beyond"], far.times >= parameters["least_times"])
    groups = far.group_by("project", "vendor", "goods").agg(
        who=far.who.min(),
        payments=far.count(),
        amount=far.amount.sum(),
        times=far.times.max(),
        excess=(far.beyond - parameters["near_beyond"]).sum().round(6),
        rows=rows_of(far),
    )
    above = groups.excess - (parameters["most_beyond"] - parameters["near_beyond"])
    dear = groups.mutate(above=above).filter(above > 0)
    return dear.select(
        "project",
        "rows",
        "who",
        "goods",
        "payments",
        "amount",
        "times",
        score=bounded(0.1 + 0.3 * dear.above),
    )
