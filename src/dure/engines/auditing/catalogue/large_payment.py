"""A large part of the project's money in one payment."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(
        purchases.total > 0, ~purchases.in_plan.fill_null(False) | (purchases.kind != "equipment")
    )
    purchases = purchases.mutate(share=purchases.amount / purchases.total)
    large = purchases.filter(purchases.share >= parameters["least_share"])
    return large.select(
        "project", "who", "amount", "share", rows=large.row, score=bounded(2 * large.share)
    )
