"""The same proof claimed in two projects."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = ledger.repeated_evidence
    told = told.filter(told.amount >= parameters["least"])
    alike = ["evidence", "vendor", "amount"]
    told = told.filter(told.vendor.notnull())
    groups = told.group_by(alike).agg(
        times=told.count(), projects=told.project.nunique(), rows=rows_of(told), who=told.who.min()
    )
    groups = groups.filter(
        groups.projects > 1,
        groups.projects <= parameters["most_projects"],
        groups.times <= parameters["most_projects"],
    )
    pairs = told.select("project", *alike).distinct().join(groups, alike)
    return pairs.select(
        "project", "rows", "who", "evidence", "amount", "projects", score=ibis.literal(1.0)
    )
