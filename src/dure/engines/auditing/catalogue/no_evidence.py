"""Payments without the number of a proof."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    bare = purchases.filter(purchases.evidence.isnull(), purchases.amount >= parameters["least"])
    groups = bare.group_by("project").agg(
        times=bare.count(), paid=bare.amount.sum(), total=bare.total.max(), rows=rows_of(bare)
    )
    share = (groups.paid / groups.total.nullif(0)).fill_null(0.0)
    return groups.select(
        "project", "rows", "times", "paid", score=bounded(0.1 * groups.times + 5 * share)
    )
