"""Spending before the project began or after it ended."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = ledger.expenses
    told = told.filter(told.amount > 0, told.date.notnull())
    late = told.date.delta(told.end, unit="day")
    grace = told.kind.isin(parameters["later_kinds"]).ifelse(parameters["later_days"], 0)
    early = told.start.delta(told.date, unit="day")
    out = told.filter(((early > 0) | (late > grace)).fill_null(False))
    groups = out.group_by("project").agg(
        times=out.count(), paid=out.amount.sum(), total=out.total.max(), rows=rows_of(out)
    )
    share = (groups.paid / groups.total.nullif(0)).fill_null(0.05)
    return groups.select("project", "rows", "times", "paid", score=bounded(0.3 + 5 * share))
