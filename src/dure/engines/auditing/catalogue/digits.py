"""First digits that fall otherwise than in the field."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import bought, bounded, rows_of


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.amount >= 10)
    purchases = purchases.mutate(digit=purchases.amount.cast("string").substr(0, 1))
    usual = purchases.group_by("digit").agg(common=purchases.count())
    whole = purchases.agg(every=purchases.count())
    usual = usual.cross_join(whole)
    usual = usual.mutate(part=usual.common / usual.every)
    sizes = purchases.group_by("project").agg(payments=purchases.count())
    sizes = sizes.filter(sizes.payments >= parameters["least_payments"])
    seen = purchases.group_by("project", "digit").agg(seen=purchases.count())
    expected = sizes.cross_join(usual).left_join(seen, ["project", "digit"])
    apart = (expected.seen.fill_null(0) / expected.payments - expected.part).abs().round(6)
    expected = expected.mutate(apart=apart)
    off = expected.group_by("project", "payments").agg(apart=expected.apart.sum() / 2)
    off = off.mutate(beyond=(off.apart * off.payments.sqrt()).round(3))
    off = off.filter(off.beyond > parameters["most_beyond"], off.apart > parameters["least_apart"])
    large = purchases.semi_join(off, "project")
    large = large.mutate(
        place=ibis.row_number().over(
            ibis.window(
                group_by="project", order_by=[large.amount.desc(), large.row.length(), large.row]
            )
        )
    )
    large = large.filter(large.place < parameters["most_rows"])
    listed = large.group_by("project").agg(rows=rows_of(large))
    flagged = off.join(listed, "project")
    return flagged.select(
        "project", "rows", "payments", share=flagged.apart, score=bounded(flagged.apart * 2)
    )
