"""Pay that rises far above what the person had before."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(
        spent.person.notnull(), spent.kind == "labour", spent.amount > 0, spent.date.notnull()
    )
    usual = pay.group_by("project", "person").agg(usual=pay.amount.median(), times=pay.count())
    usual = usual.filter(usual.times >= parameters["least_payments"])
    pay = pay.join(usual, ["project", "person"])
    high = pay.filter(pay.amount >= parameters["times"] * pay.usual)
    groups = high.group_by("project", "person", "usual").agg(
        months=high.count(), most=high.amount.max(), rows=rows_of(high)
    )
    groups = groups.filter(groups.months >= parameters["least_months"])
    score = groups.most / groups.usual / (4 * parameters["times"]) + 0.1 * groups.months
    return groups.select(
        "project", "rows", "person", "usual", "most", "months", score=bounded(score)
    )
