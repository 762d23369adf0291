"""Money that came back from a vendor after it was paid."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses.filter(
        ledger.expenses.vendor.notnull(), ledger.expenses.date.notnull()
    )
    back = expenses.filter(expenses.amount < 0)
    paid = expenses.filter(expenses.amount > 0).select(
        "project", "vendor", paid=expenses.amount, paid_row=expenses.row, paid_on=expenses.date
    )
    pairs = back.join(paid, ["project", "vendor"])
    days = pairs.date.delta(pairs.paid_on, unit="day")
    pairs = pairs.filter(
        pairs.paid == -pairs.amount,
        days >= 0,
        days <= parameters["days"],
        pairs.paid >= parameters["least"],
    )
    groups = pairs.group_by("project", "vendor", "row").agg(
        who=pairs.who.min(),
        amount=pairs.paid.max(),
        paid_row=pairs.paid_row.min(),
    )
    return groups.select(
        "project", "who", "amount", rows=groups.paid_row + ";" + groups.row, score=ibis.literal(0.8)
    )
