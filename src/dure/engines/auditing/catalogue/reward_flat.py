"""The same reward month after month."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses
    expenses = expenses.filter(
        expenses.kind == "reward",
        expenses.amount > 0,
        expenses.person.notnull(),
        expenses.date.notnull(),
    )
    groups = expenses.group_by("project", "person", "amount").agg(
        months=expenses.date.truncate("M").nunique(), rows=rows_of(expenses)
    )
    groups = groups.filter(groups.months >= parameters["least_months"])
    return groups.select(
        "project", "rows", "person", "amount", "months", score=bounded(0.15 * groups.months)
    )
