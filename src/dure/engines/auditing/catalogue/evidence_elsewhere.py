"""The same proof claimed in two projects."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    repeated = ledger.repeated_evidence
    repeated = repeated.filter(repeated.amount >= parameters["least"])
    alike = ["evidence", "vendor", "amount"]
    repeated = repeated.filter(repeated.vendor.notnull())
    groups = repeated.group_by(alike).agg(
        times=repeated.count(),
        projects=repeated.project.nunique(),
        rows=rows_of(repeated),
        who=repeated.who.min(),
    )
    groups = groups.filter(
        groups.projects > 1,
        groups.projects <= parameters["most_projects"],
        groups.times <= parameters["most_projects"],
    )
    pairs = repeated.select("project", *alike).distinct().join(groups, alike)
    return pairs.select(
        "project", "rows", "who", "evidence", "amount", "projects", score=ibis.literal(1.0)
    )
