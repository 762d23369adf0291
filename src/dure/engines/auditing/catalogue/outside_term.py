"""Spending before the project began or after it ended."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses
    expenses = expenses.filter(expenses.amount > 0, expenses.date.notnull())
    late = expenses.date.delta(expenses.end, unit="day")
    grace = expenses.kind.isin(parameters["later_kinds"]).ifelse(parameters["later_days"], 0)
    early = expenses.start.delta(expenses.date, unit="day")
    out = expenses.filter(((early > 0) | (late > grace)).fill_null(False))
    groups = out.group_by("project").agg(
        times=out.count(), paid=out.amount.sum(), total=out.total.max(), rows=rows_of(out)
    )
    share = (groups.paid / groups.total.nullif(0)).fill_null(0.05)
    return groups.select("project", "rows", "times", "paid", score=bounded(0.3 + 5 * share))
