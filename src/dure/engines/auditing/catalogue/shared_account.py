"""One bank account behind several vendors."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    told = bought(ledger.expenses)
    told = told.filter(told.account.notnull(), told.vendor.notnull())
    here = told.group_by("project", "account").agg(here=told.who.nunique())
    together = (here.here > 1).cast("int64")
    met = here.group_by("account").agg(projects=here.count(), together=together.sum())
    accounts = told.group_by("account").agg(vendors=told.vendor.nunique(), names=told.who.nunique())
    accounts = accounts.filter(
        accounts.names > 1, accounts.vendors > 1, accounts.vendors <= parameters["most_vendors"]
    ).join(met, "account")
    shared = here.join(accounts, "account")
    shared = shared.filter(
        ((shared.here > 1) & (shared.together <= parameters["most_projects"]))
        | (shared.projects <= parameters["most_projects"])
    )
    told = told.join(shared, ["project", "account"])
    groups = told.group_by("project", "account", "vendors", "here", "together").agg(
        paid=told.amount.sum(), rows=rows_of(told)
    )
    score = (groups.here > 1).ifelse(1 / groups.together.clip(lower=1).sqrt(), 0.3)
    return groups.select("project", "rows", "account", "vendors", "paid", score=bounded(score))
