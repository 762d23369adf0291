"""People whose time over all projects is more than a whole."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(spent.person.notnull(), spent.percent > 0, spent.date.notnull())
    pay = pay.mutate(month=pay.date.truncate("M"))
    months = pay.group_by("person", "month").agg(whole=pay.percent.sum())
    over = months.filter(months.whole > parameters["most_percent"])
    pay = pay.join(over, ["person", "month"])
    groups = pay.group_by("project", "person").agg(
        months=pay.month.nunique(), most=pay.whole.max(), paid=pay.amount.sum(), rows=rows_of(pay)
    )
    return groups.select(
        "project", "rows", "person", "months", "paid",
        share=groups.most / 100, score=bounded(groups.most / 100 - 1 + 0.1 * groups.months),
    )  # fmt: skip
