"""The same purchase to the won twice, where nothing recurs."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.repeated_amounts)
    told = told.filter(told.amount >= parameters["least"], told.amount % parameters["round"] != 0)
    groups = told.group_by("project", "vendor", "amount", "item").agg(
        times=told.count(),
        who=told.who.min(),
        first=told.date.min(),
        last=told.date.max(),
        rows=rows_of(told),
    )
    apart = groups["last"].delta(groups["first"], unit="day")
    groups = groups.mutate(days=apart).filter(groups.times == 2, apart <= parameters["most_days"])
    return groups.select("project", "rows", "who", "amount", "days", score=ibis.literal(0.7))
