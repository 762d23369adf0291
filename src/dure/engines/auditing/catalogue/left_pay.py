"""Pay of people who had left."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(spent.person.notnull(), spent.kind == "labour", spent.amount > 0)
    days = pay.date.delta(pay.left_on, unit="day")
    after = pay.filter((days > parameters["later_days"]).fill_null(False))
    groups = after.group_by("project", "person").agg(
        left=after.left_on.max(), months=after.count(), paid=after.amount.sum(), rows=rows_of(after)
    )
    score = bounded(0.4 + 0.2 * groups.months)
    return groups.select("project", "rows", "person", "left", "months", "paid", score=score)
