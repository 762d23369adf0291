"""A vendor that the whole field knows from one project only, and a large one there."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.vendor.notnull())
    field = told.group_by("vendor").agg(
        firms=told.firm.nunique(),
        project=told.project.min(),
        projects=told.project.nunique(),
        paid=told.amount.sum(),
        times=told.count(),
        who=told.who.min(),
        largest=told.amount.max(),
    )
    alone = field.mutate(alone=(field.projects == 1).cast("int64"))
    usual = alone.agg(common=alone.alone.mean())
    whole = told.group_by("project").agg(whole=told.amount.sum())
    captive = alone.filter(alone.alone == 1, alone.times >= parameters["least_times"])
    captive = captive.join(whole, "project").cross_join(usual)
    share = captive.paid / captive.whole
    captive = captive.mutate(share=share).filter(
        share >= parameters["least_share"],
        captive.paid >= parameters["least"],
        captive.common <= parameters["most_common"],
    )
    rows = told.semi_join(captive, ["project", "vendor"])
    listed = rows.group_by("project", "vendor").agg(rows=rows_of(rows))
    found = captive.join(listed, ["project", "vendor"])
    return found.select(
        "project", "rows", "who", "share", "paid", score=bounded(0.3 + 1.4 * found.share)
    )
