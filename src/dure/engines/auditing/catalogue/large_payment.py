"""A large part of the project's money in one payment."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.total > 0, ~told.in_plan.fill_null(False) | (told.kind != "equipment"))
    told = told.mutate(share=told.amount / told.total)
    large = told.filter(told.share >= parameters["least_share"])
    return large.select(
        "project", "who", "amount", "share", rows=large.row, score=bounded(2 * large.share)
    )
