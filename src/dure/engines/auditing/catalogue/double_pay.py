"""Somebody paid twice a month, month after month."""

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
    pay = pay.mutate(month=pay.date.truncate("M"))
    months = pay.group_by("project", "person", "month").agg(times=pay.count())
    people = months.group_by("project", "person").agg(
        doubled=(months.times > 1).sum(), months=months.count()
    )
    people = people.filter(people.doubled >= parameters["least_months"])
    keys = ["project", "person", "month"]
    twice = pay.semi_join(months.filter(months.times > 1), keys).join(people, ["project", "person"])
    most = twice.amount.max().over(ibis.window(group_by=keys))
    twice = twice.mutate(most=most)
    twice = twice.mutate(main=(twice.amount == twice.most).cast("int64"))
    place = ibis.row_number().over(
        ibis.window(group_by=keys, order_by=[twice.main.desc(), twice.row.length(), twice.row])
    )
    twice = twice.mutate(extra=(place > 0).ifelse(twice.amount, 0))
    groups = twice.group_by("project", "person", "doubled").agg(
        paid=twice.extra.sum(), rows=rows_of(twice)
    )
    score = (groups.doubled - 1) / (groups.doubled + 2.0)
    return groups.select(
        "project", "rows", "person", "paid", months=groups.doubled, score=bounded(score)
    )
