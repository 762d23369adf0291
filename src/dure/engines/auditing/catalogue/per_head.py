"""Meals that cost much a head."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import above_field, beyond_field, bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.kind.isin(parameters["kinds"]), told.attendees > 0)
    dear = told.filter(told.amount > told.attendees * parameters["limit"])
    groups = dear.group_by("project").agg(
        times=dear.count(),
        paid=dear.amount.sum(),
        most=(dear.amount / dear.attendees).max(),
        rows=rows_of(dear),
    )
    groups = above_field(groups, told)
    return groups.select("project", "rows", "times", "most", score=beyond_field(groups))
