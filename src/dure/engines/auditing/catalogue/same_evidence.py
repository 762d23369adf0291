"""The same proof claimed twice within a project."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    repeated = ledger.repeated_evidence
    repeated = repeated.mutate(
        size=repeated.amount.abs(), sign=repeated.amount.sign().cast("int64")
    )
    repeated = repeated.filter(repeated["size"] >= parameters["least"])
    groups = repeated.group_by(
        "project", "evidence", "vendor", "person", amount=repeated["size"]
    ).agg(times=repeated.sign.sum(), who=repeated.who.min(), rows=rows_of(repeated))
    groups = groups.filter(groups.times > 1)
    return groups.select(
        "project", "rows", "who", "evidence", "amount", "times", score=ibis.literal(1.0)
    )
