"""Pay and a vendor's money on one account."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    spent = ledger.expenses.filter(ledger.expenses.account.notnull(), ledger.expenses.amount > 0)
    pay = spent.filter(spent.person.notnull(), spent.kind == "labour")
    vendors = bought(spent)
    vendors = vendors.filter(vendors.vendor.notnull(), vendors.person.isnull())
    paid = pay.group_by("account").agg(person=pay.person.min(), people=pay.person.nunique())
    both = vendors.join(paid.filter(paid.people <= parameters["most_people"]), "account")
    groups = both.group_by("project", "account").agg(
        person=both.person_right.min(),
        who=both.who.min(),
        paid=both.amount.sum(),
        rows=rows_of(both),
    )
    return groups.select(
        "project", "rows", "account", "person", "who", "paid", score=ibis.literal(1.0)
    )
