"""Pay of people who were hardly there."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    away = spent.filter(
        spent.person.notnull(),
        spent.kind == "labour",
        spent.amount > 0,
        spent.days_present <= parameters["most_present"],
    )
    groups = away.group_by("project", "person").agg(
        months=away.count(), paid=away.amount.sum(), rows=rows_of(away)
    )
    score = bounded(0.4 + 0.15 * groups.months)
    return groups.select("project", "rows", "person", "months", "paid", score=score)
