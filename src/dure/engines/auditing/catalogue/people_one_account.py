"""The pay of several people on one account."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses
    pay = spent.filter(
        spent.account.notnull(), spent.person.notnull(), spent.kind == "labour", spent.amount > 0
    )
    accounts = pay.group_by("account").agg(people=pay.person.nunique())
    shared = accounts.filter(accounts.people > 1, accounts.people <= parameters["most_people"])
    pay = pay.join(shared, "account")
    groups = pay.group_by("project", "account", "people").agg(
        paid=pay.amount.sum(), rows=rows_of(pay)
    )
    return groups.select("project", "rows", "account", "people", "paid", score=ibis.literal(1.0))
