"""Pay of people that stands twice or more in several months, one after the other."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(
        spent.person.notnull(), spent.kind == "labour", spent.amount > 0, spent.date.notnull()
    )
    pay = pay.mutate(month=pay.date.year() * 12 + pay.date.month())
    keys = ["project", "person", "month"]
    months = pay.group_by(keys).agg(times=pay.count())
    doubled = _in_runs(months.filter(months.times > 1), parameters["least_months"])
    twice = pay.semi_join(doubled, keys)
    place = ibis.row_number().over(
        ibis.window(group_by=keys, order_by=[twice.amount.desc(), twice.row.length(), twice.row])
    )
    twice = twice.mutate(extra=(place > 0).ifelse(twice.amount, 0), once=(place == 0).cast("int64"))
    groups = twice.group_by("project").agg(
        people=twice.person.nunique(), months=twice.once.sum(), paid=twice.extra.sum(),
        person=twice.person.min(), rows=rows_of(twice),
    )  # fmt: skip
    score = groups.months / (groups.months + parameters["half_at"])
    return groups.select(
        "project", "rows", "person", "people", "months", "paid", score=bounded(score)
    )


def _in_runs(months: Table, least: int) -> Table:
    """The months of each person that stand in a run of at least so many."""
    keys = ["project", "person"]
    window = ibis.window(group_by=keys, order_by="month")
    numbered = months.mutate(place=ibis.row_number().over(window))
    numbered = numbered.mutate(run=numbered.month - numbered.place)
    runs = numbered.group_by(*keys, "run").agg(length=numbered.count())
    return numbered.semi_join(runs.filter(runs.length >= least), [*keys, "run"])
