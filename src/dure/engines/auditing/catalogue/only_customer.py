"""A vendor that the whole field knows from one project only, and a large one there."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.vendor.notnull())
    field = purchases.group_by("vendor").agg(
        firms=purchases.firm.nunique(),
        project=purchases.project.min(),
        projects=purchases.project.nunique(),
        paid=purchases.amount.sum(),
        times=purchases.count(),
        who=purchases.who.min(),
        largest=purchases.amount.max(),
    )
    alone = field.mutate(alone=(field.projects == 1).cast("int64"))
    usual = alone.agg(common=alone.alone.mean())
    whole = purchases.group_by("project").agg(whole=purchases.amount.sum())
    captive = alone.filter(alone.alone == 1, alone.times >= parameters["least_times"])
    captive = captive.join(whole, "project").cross_join(usual)
    share = captive.paid / captive.whole
    captive = captive.mutate(share=share).filter(
        share >= parameters["least_share"],
        captive.paid >= parameters["least"],
        captive.common <= parameters["most_common"],
    )
    rows = purchases.semi_join(captive, ["project", "vendor"])
    listed = rows.group_by("project", "vendor").agg(rows=rows_of(rows))
    flagged = captive.join(listed, ["project", "vendor"])
    return flagged.select(
        "project", "rows", "who", "share", "paid", score=bounded(0.3 + 1.4 * flagged.share)
    )
