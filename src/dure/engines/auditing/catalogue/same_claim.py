"""The same purchase to the won twice, where nothing recurs."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.repeated_amounts)
    purchases = purchases.filter(
        purchases.amount >= parameters["least"], purchases.amount % parameters["round"] != 0
    )
    groups = purchases.group_by("project", "vendor", "amount", "item").agg(
        times=purchases.count(),
        who=purchases.who.min(),
        first=purchases.date.min(),
        last=purchases.date.max(),
        rows=rows_of(purchases),
    )
    apart = groups["last"].delta(groups["first"], unit="day")
    groups = groups.mutate(days=apart).filter(groups.times == 2, apart <= parameters["most_days"])
    return groups.select("project", "rows", "who", "amount", "days", score=ibis.literal(0.7))
