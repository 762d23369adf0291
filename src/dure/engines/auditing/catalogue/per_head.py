"""Meals that cost much a head."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import above_field, beyond_field, bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.kind.isin(parameters["kinds"]), purchases.attendees > 0)
    dear = purchases.filter(purchases.amount > purchases.attendees * parameters["limit"])
    groups = dear.group_by("project").agg(
        times=dear.count(),
        paid=dear.amount.sum(),
        most=(dear.amount / dear.attendees).max(),
        rows=rows_of(dear),
    )
    groups = above_field(groups, purchases)
    return groups.select("project", "rows", "times", "most", score=beyond_field(groups))
