"""Pictures of evidence that are nearly the same, behind different payments."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._alike import alike
from dure.engines.auditing._model import Ledger


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses.filter(ledger.expenses.amount >= parameters["least"])
    return alike(spent, "evidence_picture", parameters, lambda left, right: left.row != right.row)
