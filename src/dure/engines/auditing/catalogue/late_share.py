"""Far more of the money in the last weeks than elsewhere."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, fences, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    left = told.end.delta(told.date, unit="day")
    told = told.mutate(late=((left >= 0) & (left <= parameters["days"])).ifelse(told.amount, 0))
    projects = told.group_by("project").agg(
        whole=told.amount.sum(), paid=told.late.sum(), payments=told.count()
    )
    projects = projects.filter(projects.payments >= parameters["least_payments"])
    projects = projects.mutate(share=projects.paid / projects.whole, every=1)
    field = fences(projects, ["every"], "share", parameters["fence"])
    high = projects.join(field.filter(field.field >= parameters["least_field"]), "every")
    high = high.filter(high.share > ibis.greatest(high.fence, parameters["least_share"]))
    rows = told.filter(told.late > 0).semi_join(high, "project")
    listed = rows.group_by("project").agg(rows=rows_of(rows))
    found = high.join(listed, "project")
    return found.select("project", "rows", "paid", "share", score=bounded(found.share))
