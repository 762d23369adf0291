"""Far more spent on a budget item than was planned."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, fences, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses
    spent = expenses.group_by("project", "kind").agg(paid=expenses.amount.sum())
    items = spent.join(ledger.plans, ["project", "kind"])
    items = items.filter(items.planned >= parameters["least"])
    items = items.mutate(share=items.paid / items.planned)
    field = fences(items, ["kind"], "share", parameters["fence"])
    over = items.join(field.filter(field.field >= parameters["least_field"]), "kind")
    over = over.filter(over.share > ibis.greatest(over.fence, parameters["least_share"]))
    rows = expenses.filter(expenses.amount > 0).semi_join(over, ["project", "kind"])
    large = rows.mutate(
        place=ibis.row_number().over(
            ibis.window(
                group_by=["project", "kind"],
                order_by=[rows.amount.desc(), rows.row.length(), rows.row],
            )
        )
    )
    large = large.filter(large.place < parameters["most_rows"])
    listed = large.group_by("project", "kind").agg(rows=rows_of(large), item=large.item.min())
    flagged = over.join(listed, ["project", "kind"])
    return flagged.select(
        "project", "rows", "item", "paid", "planned", "share", score=bounded(flagged.share - 1)
    )
