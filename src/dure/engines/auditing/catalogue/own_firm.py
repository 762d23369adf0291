"""The firm's own invoice to its project."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    paid = purchases.filter(purchases.vendor == purchases.firm)
    groups = paid.group_by("project").agg(
        who=paid.who.min(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    return groups.select("project", "rows", "who", "paid", score=ibis.literal(1.0))
