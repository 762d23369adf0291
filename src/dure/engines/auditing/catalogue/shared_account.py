"""One bank account behind several vendors."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.account.notnull(), purchases.vendor.notnull())
    here = purchases.group_by("project", "account").agg(here=purchases.who.nunique())
    together = (here.here > 1).cast("int64")
    met = here.group_by("account").agg(projects=here.count(), together=together.sum())
    accounts = purchases.group_by("account").agg(
        vendors=purchases.vendor.nunique(), names=purchases.who.nunique()
    )
    accounts = accounts.filter(
        accounts.names > 1, accounts.vendors > 1, accounts.vendors <= parameters["most_vendors"]
    ).join(met, "account")
    shared = here.join(accounts, "account")
    shared = shared.filter(
        ((shared.here > 1) & (shared.together <= parameters["most_projects"]))
        | (shared.projects <= parameters["most_projects"])
    )
    purchases = purchases.join(shared, ["project", "account"])
    groups = purchases.group_by("project", "account", "vendors", "here", "together").agg(
        paid=purchases.amount.sum(), rows=rows_of(purchases)
    )
    score = (groups.here > 1).ifelse(1 / groups.together.clip(lower=1).sqrt(), 0.3)
    return groups.select("project", "rows", "account", "vendors", "paid", score=bounded(score))
