"""Rows whose fingerprints of 64 bits differ in a few bits: near-same pictures and texts.

Where two fingerprints differ in at most three bits, one of their four quarters is the same; only rows
that share a quarter are compared.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table

from dure.engines.auditing._tools import bounded, rows_of

_QUARTERS = (0, 16, 32, 48)


def alike(
    spent: Table,
    column: str,
    parameters: Mapping[str, Any],
    counts: Callable[[Table, Table], BooleanValue],
) -> Table:
    """By project and row the rows anywhere whose fingerprint in `column` is nearly the same.

    `counts` says of two rows whether they are of different things. What more than `most_alike` rows
    share is a form, a blank page or a contract behind many payments, and is left alone.
    """
    spent = spent.filter(spent[column].notnull())
    common = spent.group_by(column).agg(times=spent.count())
    spent = spent.semi_join(common.filter(common.times <= parameters["most_alike"]), column)
    marked = spent.select(
        "row", "project", "vendor", "who", "amount", "evidence",
        **{f"q{start}": (spent[column] >> start) & 0xFFFF for start in _QUARTERS},
    )  # fmt: skip
    pairs = _pairs(marked, parameters["most_bits"], counts)
    groups = pairs.group_by("project", "first").agg(
        who=pairs.who.min(), paid=pairs.amount.sum(), alike=pairs.count()
    )
    groups = groups.filter(groups.alike <= parameters["most_alike"])
    listed = pairs.semi_join(groups, ["project", "first"])
    listed = listed.group_by("project", "first").agg(rows=rows_of(listed), lowest=listed.row.min())
    groups = groups.join(listed, ["project", "first"])
    seen = groups.group_by("project", "rows").agg(
        who=groups.who.min(), paid=groups.paid.max(), times=groups.alike.max()
    )
    return seen.select(
        "project", "rows", "who", "times", "paid", score=bounded(0.4 + 0.2 * seen.times)
    )


def _pairs(marked: Table, most_bits: int, counts: Callable[[Table, Table], BooleanValue]) -> Table:
    """Each row beside itself and those nearly the same, as `project, first, row, who, amount`."""
    parts = []
    for start in _QUARTERS:
        left, right = marked.view(), marked.view()
        both = left.join(
            right,
            [
                left[f"q{start}"] == right[f"q{start}"],
                left.row != right.row,
                counts(left, right),
                _bits(left, right) <= most_bits,
            ],
            rname="{name}_other",
        )
        own = both.select("project", first="row", row="row", who="who", amount="amount")
        other = both.select(
            "project", first="row", row="row_other", who="who_other", amount="amount_other"
        )
        parts += [own, other]
    return ibis.union(*parts, distinct=True)


def _bits(left: Table, right: Table) -> IntegerValue:
    """In how many bits two fingerprints differ."""
    differing = (_ones(left[f"q{start}"] ^ right[f"q{start}"]) for start in _QUARTERS)
    return reduce(lambda whole, part: whole + part, differing)


def _ones(value: IntegerValue) -> IntegerValue:
    """How many bits of a number of 16 bits are set."""
    twos = value - ((value >> 1) & 0x5555)
    fours = (twos & 0x3333) + ((twos >> 2) & 0x3333)
    eights = (fours + (fours >> 4)) & 0x0F0F
    return (eights + (eights >> 8)) & 0x1F
