"""What several signals do alike."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
from ibis.expr.types import FloatingValue, NumericValue, StringScalar, StringValue, Table

from dure.engines.auditing._model import Ledger

NOT_BOUGHT = ("labour", "reward", "indirect")


def rows_of(table: Table) -> StringScalar:
    """The rows of a group, `;` between them, in the order of their numbers."""
    return table.row.group_concat(";", order_by=[table.row.length(), table.row])


def bought(expenses: Table) -> Table:
    """What was paid to vendors: neither pay nor overhead, and no money that came back."""
    return expenses.filter(expenses.amount > 0, expenses.kind.notin(NOT_BOUGHT))


def same_as_firm(ledger: Ledger, column: str, parameters: Mapping[str, Any]) -> Table:
    """Vendors, other than the firm itself, whose `vendor_<column>` is the firm's `column`."""
    firms = ledger.projects.select(project="id", same=_bare(ledger.projects[column]))
    firms = firms.filter(firms.same.length() > 1)
    purchases = bought(ledger.expenses)
    purchases = purchases.filter(purchases.vendor.notnull())
    purchases = purchases.mutate(same=_bare(purchases[f"vendor_{column}"]))
    paid = purchases.join(firms, ["project", "same"])
    paid = paid.filter((paid.vendor != paid.firm).fill_null(True))
    groups = paid.group_by("project", "vendor", "same").agg(
        who=paid.who.min(), times=paid.count(), paid=paid.amount.sum(), rows=rows_of(paid)
    )
    groups = groups.filter(groups.paid >= parameters["least"])
    return groups.select(
        "project", "rows", "who", "same", "times", "paid", score=bounded(0.5 + 0.1 * groups.times)
    )


def _bare(text: StringValue) -> StringValue:
    """A telephone number, an address or a name without its spaces, hyphens and brackets."""
    return text.lower().re_replace("[-\\s().,]", "")


def bounded(value: NumericValue) -> FloatingValue:
    """A score of 0.05 to 1."""
    return value.cast("float64").clip(lower=0.05, upper=1.0).round(4)


def fences(table: Table, by: Sequence[str], value: str, times: float) -> Table:
    """By group the upper fence of a value: third quartile and so many times the range of the middle
    half; `field` says of how many values."""
    quartiles = table.group_by(list(by)).agg(
        low=table[value].quantile(0.25), high=table[value].quantile(0.75), field=table.count()
    )
    fence = quartiles.high + times * (quartiles.high - quartiles.low)
    return quartiles.mutate(fence=fence).drop("low", "high")


def above_field(seen: Table, table: Table) -> Table:
    """By project how many of `told` are in `seen`, beside how many would be as in other projects.

    Adds to the groups of `seen`, which count `times`, the column `expected`; only those above it.
    """
    sizes = table.group_by("project").agg(size=table.count())
    groups = seen.join(sizes, "project")
    whole = sizes.agg(every=sizes["size"].sum()).cross_join(seen.agg(common=seen.times.sum()))
    groups = groups.cross_join(whole)
    others = (groups.every - groups["size"]).clip(lower=1)
    expected = groups["size"] * (groups.common - groups.times) / others
    groups = groups.mutate(expected=expected)
    return groups.filter(groups.times > groups.expected)


def beyond_field(groups: Table) -> FloatingValue:
    """A score that rises with how far `times` lies above `expected`."""
    beyond = groups.times - groups.expected
    return bounded(beyond / (groups.times + 3 * groups.expected.sqrt()))


def runs(table: Table, keys: Sequence[str], most_days: int) -> Table:
    """The table with `run`, the number of its run of days: within a run, no two neighbours lie more
    than `most_days` apart."""
    window = ibis.window(group_by=list(keys), order_by=["date", "minute", "row"])
    before = table.date.lag().over(window)
    gap = table.date.delta(before, unit="day")
    fresh = table.mutate(fresh=(before.isnull() | (gap > most_days)).cast("int64"))
    return fresh.mutate(
        run=fresh.fresh.cumsum(group_by=list(keys), order_by=["date", "minute", "row"])
    )
