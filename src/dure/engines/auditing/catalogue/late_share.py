"""Far more of the money in the last weeks than elsewhere."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, fences, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    left = purchases.end.delta(purchases.date, unit="day")
    purchases = purchases.mutate(
        late=((left >= 0) & (left <= parameters["days"])).ifelse(purchases.amount, 0)
    )
    projects = purchases.group_by("project").agg(
        whole=purchases.amount.sum(), paid=purchases.late.sum(), payments=purchases.count()
    )
    projects = projects.filter(projects.payments >= parameters["least_payments"])
    projects = projects.mutate(share=projects.paid / projects.whole, every=1)
    field = fences(projects, ["every"], "share", parameters["fence"])
    high = projects.join(field.filter(field.field >= parameters["least_field"]), "every")
    high = high.filter(high.share > ibis.greatest(high.fence, parameters["least_share"]))
    rows = purchases.filter(purchases.late > 0).semi_join(high, "project")
    listed = rows.group_by("project").agg(rows=rows_of(rows))
    flagged = high.join(listed, "project")
    return flagged.select("project", "rows", "paid", "share", score=bounded(flagged.share))
