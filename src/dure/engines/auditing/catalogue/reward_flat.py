"""The same reward month after month."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = ledger.expenses
    told = told.filter(
        told.kind == "reward", told.amount > 0, told.person.notnull(), told.date.notnull()
    )
    groups = told.group_by("project", "person", "amount").agg(
        months=told.date.truncate("M").nunique(), rows=rows_of(told)
    )
    groups = groups.filter(groups.months >= parameters["least_months"])
    return groups.select(
        "project", "rows", "person", "amount", "months", score=bounded(0.15 * groups.months)
    )
