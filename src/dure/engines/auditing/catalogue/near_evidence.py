"""A claim repeated under a number that differs by a character."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    repeated = ledger.repeated_amounts
    repeated = repeated.filter(repeated.evidence.notnull(), repeated.amount >= parameters["least"])
    often = repeated.group_by("project", "vendor", "amount").agg(times=repeated.count())
    rare = often.filter(often.times <= parameters["most_times"])
    repeated = repeated.semi_join(rare, ["project", "vendor", "amount"])
    other = repeated.select(
        "project", "vendor", "amount", other_evidence=repeated.evidence, other_row=repeated.row
    )
    pairs = repeated.join(other, ["project", "vendor", "amount"])
    pairs = pairs.filter(
        pairs.evidence < pairs.other_evidence,
        pairs.evidence.length() == pairs.other_evidence.length(),
        pairs.evidence.length() >= parameters["least_length"],
        pairs.evidence.levenshtein(pairs.other_evidence) <= parameters["most_changes"],
    )
    both = pairs.row.length() < pairs.other_row.length()
    first = both | (
        (pairs.row.length() == pairs.other_row.length()) & (pairs.row < pairs.other_row)
    )
    rows = first.ifelse(pairs.row + ";" + pairs.other_row, pairs.other_row + ";" + pairs.row)
    return pairs.select(
        "project",
        "who",
        "amount",
        "evidence",
        "other_evidence",
        rows=rows,
        score=(pairs.amount % parameters["round"] == 0).ifelse(0.6, 1.0),
    )
