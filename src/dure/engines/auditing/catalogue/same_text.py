"""Evidence of different vendors in nearly the same words."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._alike import alike
from dure.engines.auditing._model import Ledger


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses.filter(
        ledger.expenses.amount >= parameters["least"], ledger.expenses.vendor.notnull()
    )
    return alike(
        spent, "evidence_text", parameters, lambda left, right: left.vendor != right.vendor
    )
