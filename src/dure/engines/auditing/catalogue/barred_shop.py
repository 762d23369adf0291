"""Shops that programmes bar."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    named = ibis.or_(*(told.who.contains(word) for word in parameters["words"]))
    barred = told.filter(named)
    groups = barred.group_by("project").agg(
        who=barred.who.min(), times=barred.count(), paid=barred.amount.sum(), rows=rows_of(barred)
    )
    return groups.select(
        "project", "rows", "who", "times", "paid", score=bounded(0.5 + 0.1 * groups.times)
    )
