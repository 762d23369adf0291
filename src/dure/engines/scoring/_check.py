"""What a ranking breaks, counted anew from the sheets with plain arithmetic.

It shares no code with the engine that ranks, only the values.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from dure.engines.scoring._model import Combine, Entry, Outcome, Places, Ranking, Rules


class Fault(StrEnum):
    MISSING = "MISSING"
    SCORE = "SCORE"
    ORDER = "ORDER"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"
    TOO_MANY = "TOO_MANY"
    PASSED_OVER = "PASSED_OVER"
    QUOTA = "QUOTA"
    RESERVE = "RESERVE"


def check(
    entries: Sequence[Entry], rules: Rules, places: Places, ranking: Ranking
) -> tuple[tuple[Fault, str], ...]:
    """Return every fault of `ranking` with the application or quota concerned."""
    faults: list[tuple[Fault, str]] = []
    if sorted(entry.id for entry in entries) != sorted(line.id for line in ranking.lines):
        return ((Fault.MISSING, ""),)
    faults += [
        (Fault.SCORE, entry.id)
        for entry in entries
        if _score(entry, rules) != ranking.line(entry.id).score.score
    ]
    tiers = {entry.id: entry.tier for entry in entries}
    standing = [(-tiers[line.id], line.final) for line in ranking.lines]
    faults += [
        (Fault.ORDER, ranking.lines[at].id)
        for at in range(1, len(standing))
        if standing[at] > standing[at - 1]
    ]
    selected = [line for line in ranking.lines if line.outcome is Outcome.SELECTED]
    if rules.pass_score is not None:
        faults += [
            (Fault.BELOW_THRESHOLD, line.id) for line in selected if line.final < rules.pass_score
        ]
    if len(selected) > places.selected:
        faults.append((Fault.TOO_MANY, ""))
    belongs = {entry.id: entry.belongs for entry in entries}
    for quota in places.quotas:
        count = sum(belongs[line.id].get(quota.by) == quota.value for line in selected)
        if quota.most is not None and count > quota.most:
            faults.append((Fault.QUOTA, quota.value))
    waiting = [line for line in ranking.lines if line.outcome is Outcome.RESERVE]
    if len(waiting) > places.reserve + sum(quota.reserve for quota in places.quotas):
        faults.append((Fault.RESERVE, ""))
    if not places.quotas and selected:
        last = min((-tiers[line.id], line.final) for line in selected)
        faults += [
            (Fault.PASSED_OVER, line.id) for line in waiting if (-tiers[line.id], line.final) > last
        ]
    return tuple(faults)


def _score(entry: Entry, rules: Rules) -> Fraction:
    totals = sorted(
        sum(
            (
                _round(sheet.marks[criterion.id] / 100 * criterion.weight, rules)
                for criterion in rules.criteria
            ),
            Fraction(0),
        )
        for sheet in entry.sheets
    )
    if rules.combine is Combine.TRIMMED:
        totals = totals[1:-1]
    if rules.combine is Combine.MEDIAN:
        count = len(totals)
        totals = totals[(count - 1) // 2 : count // 2 + 1]
    return _round(sum(totals, Fraction(0)) / len(totals), rules)


def _round(value: Fraction, rules: Rules) -> Fraction:
    if rules.decimals is None:
        return value
    with localcontext(prec=60):
        number = Decimal(value.numerator) / Decimal(value.denominator)
        return Fraction(number.quantize(Decimal(1).scaleb(-rules.decimals), ROUND_HALF_UP))
