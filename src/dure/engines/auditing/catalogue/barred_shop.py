"""Shops that programmes bar."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    named = ibis.or_(*(purchases.who.contains(word) for word in parameters["words"]))
    barred = purchases.filter(named)
    start, end = parameters["from_hour"] * 60, parameters["to_hour"] * 60
    night = (barred.minute >= start) | (barred.minute < end)
    off = night.fill_null(False) | barred.date.isin(sorted(ledger.holidays)).fill_null(False)
    barred = barred.mutate(off=off.cast("int64"))
    groups = barred.group_by("project").agg(
        who=barred.who.min(),
        times=barred.count(),
        off=barred.off.sum(),
        paid=barred.amount.sum(),
        rows=rows_of(barred),
    )
    score = 0.3 + 0.1 * groups.times + (groups.off > 0).ifelse(0.3, 0.0)
    return groups.select("project", "rows", "who", "times", "off", "paid", score=bounded(score))
