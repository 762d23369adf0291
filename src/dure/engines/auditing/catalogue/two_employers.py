"""Somebody paid by the projects of two firms in the same months."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(
        spent.person.notnull(),
        spent.kind == "labour",
        spent.amount > 0,
        spent.date.notnull(),
        spent.firm.notnull(),
    )
    pay = pay.mutate(month=pay.date.truncate("M"))
    employed = pay.group_by("person").agg(firms=pay.firm.nunique())
    pay = pay.semi_join(
        employed.filter(employed.firms > 1, employed.firms <= parameters["most_firms"]), "person"
    )
    months = pay.group_by("person", "month").agg(firms=pay.firm.nunique())
    double = months.filter(months.firms > 1).select("person", "month")
    pay = pay.join(double, ["person", "month"])
    groups = pay.group_by("project", "person").agg(
        months=pay.month.nunique(), paid=pay.amount.sum(), rows=rows_of(pay)
    )
    groups = groups.filter(groups.months >= parameters["least_months"])
    return groups.select(
        "project", "rows", "person", "months", "paid", score=bounded(groups.months / 6)
    )
