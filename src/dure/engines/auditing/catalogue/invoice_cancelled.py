"""Tax invoices that were cancelled after they were paid, while no money came back."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    expenses = ledger.expenses
    reason = expenses.correction.lower()
    cancelled = expenses.filter(
        expenses.amount > 0,
        ibis.or_(*(reason.contains(word) for word in parameters["words"])),
        expenses.corrected_on.isnull()
        | expenses.date.isnull()
        | (expenses.corrected_on >= expenses.date),
    )
    back = expenses.filter(expenses.amount < 0, expenses.vendor.notnull())
    back = back.group_by("project", "vendor").agg(back=-back.amount.sum())
    cancelled = cancelled.left_join(back, ["project", "vendor"]).drop(
        "project_right", "vendor_right"
    )
    kept = cancelled.filter(cancelled.back.fill_null(0) < cancelled.amount)
    groups = kept.group_by("project").agg(
        times=kept.count(), paid=kept.amount.sum(), total=kept.total.max(), rows=rows_of(kept)
    )
    share = (groups.paid / groups.total.nullif(0)).fill_null(0.05)
    return groups.select("project", "rows", "times", "paid", score=bounded(0.35 + 5 * share))
