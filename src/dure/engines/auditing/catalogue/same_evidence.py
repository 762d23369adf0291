"""The same proof claimed twice within a project."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = ledger.repeated_evidence
    told = told.mutate(size=told.amount.abs(), sign=told.amount.sign().cast("int64"))
    told = told.filter(told["size"] >= parameters["least"])
    groups = told.group_by("project", "evidence", "vendor", "person", amount=told["size"]).agg(
        times=told.sign.sum(), who=told.who.min(), rows=rows_of(told)
    )
    groups = groups.filter(groups.times > 1)
    return groups.select(
        "project", "rows", "who", "evidence", "amount", "times", score=ibis.literal(1.0)
    )
