"""Reward in the first month, before there was anything to reward."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses
    since = expenses.date.delta(expenses.start, unit="day")
    early = expenses.filter(
        expenses.kind == "reward", expenses.amount > 0, since >= 0, since < parameters["days"]
    )
    groups = early.group_by("project").agg(
        times=early.count(), paid=early.amount.sum(), rows=rows_of(early)
    )
    return groups.select("project", "rows", "times", "paid", score=ibis.literal(0.8))
