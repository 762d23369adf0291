"""From the sheets of one application to the score of its panel."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dure.engines.scoring._model import (
    Combine,
    Entry,
    PanelScore,
    Rules,
    Sheet,
    UnusableSheets,
)


def half_up(value: Fraction, decimals: int | None) -> Fraction:
    """Return `value` rounded to `decimals`, halves away from nought; unchanged with None.

    >>> half_up(Fraction(5, 1000), 2), half_up(Fraction(1, 3), 4)
    (Fraction(1, 100), Fraction(3333, 10000))
    """
    if decimals is None:
        return value
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def written(value: Fraction, decimals: int = 4) -> str:
    """Return `value` as a decimal number, half up.

    >>> written(Fraction(200, 3), 2)
    '66.67'
    """
    rounded = half_up(value, decimals)
    number = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def score(entry: Entry, rules: Rules) -> PanelScore:
    """Return the score of `entry` by its panel. Raises UnusableSheets."""
    sheets = entry.sheets
    _refuse_unusable(entry, rules)
    points = [
        {
            criterion.id: half_up(
                sheet.marks[criterion.id] * criterion.weight / 100, rules.decimals
            )
            for criterion in rules.criteria
        }
        for sheet in sheets
    ]
    totals = [sum(point.values(), Fraction(0)) for point in points]
    left_out = _left_out(totals) if rules.combine is Combine.TRIMMED else frozenset[int]()
    kept = [at for at in range(len(sheets)) if at not in left_out]
    counted = [totals[at] for at in kept]
    combined = _median(counted) if rules.combine is Combine.MEDIAN else _mean(counted)
    marks = {
        criterion.id: _mean([sheets[at].marks[criterion.id] for at in kept])
        for criterion in rules.criteria
    }
    gates = sorted({gate for sheet in sheets for gate in sheet.failed})
    failed = [
        gate for gate in gates if 2 * sum(gate in sheet.failed for sheet in sheets) > len(sheets)
    ]
    spread = max(totals) - min(totals)
    return PanelScore(
        totals=tuple(totals),
        left_out=left_out,
        score=half_up(combined, rules.decimals),
        marks=marks,
        points={
            criterion.id: _mean([points[at][criterion.id] for at in kept])
            for criterion in rules.criteria
        },
        failed=tuple(failed),
        spread=spread,
        is_wide=rules.spread is not None and spread >= rules.spread,
    )


def _left_out(totals: Sequence[Fraction]) -> frozenset[int]:
    """Return one lowest and one highest: of equal ones the first lowest and the last highest."""
    lowest = min(range(len(totals)), key=lambda at: (totals[at], at))
    highest = max(range(len(totals)), key=lambda at: (totals[at], at))
    return frozenset({lowest, highest})


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return _mean(ordered[middle - 1 : middle + 1] if len(ordered) % 2 == 0 else [ordered[middle]])


def _refuse_unusable(entry: Entry, rules: Rules) -> None:
    fewest = max(rules.fewest_sheets, 3 if rules.combine is Combine.TRIMMED else 1)
    if len(entry.sheets) < fewest:
        raise UnusableSheets(f"{entry.id}: {len(entry.sheets)} sheets, at least {fewest} count")
    reviewers = [sheet.reviewer for sheet in entry.sheets]
    if len(set(reviewers)) < len(reviewers):
        raise UnusableSheets(f"{entry.id}: a reviewer has two sheets")
    for sheet in entry.sheets:
        _refuse_marks(entry, sheet, {criterion.id for criterion in rules.criteria})


def _refuse_marks(entry: Entry, sheet: Sheet, criteria: set[str]) -> None:
    place = f"{entry.id}, {sheet.reviewer}"
    if missing := sorted(criteria - sheet.marks.keys()):
        raise UnusableSheets(f"{place}: no mark for {missing[0]}")
    if unknown := sorted(sheet.marks.keys() - criteria):
        raise UnusableSheets(f"{place}: no criterion is called {unknown[0]}")
    for criterion, mark in sheet.marks.items():
        if not 0 <= mark <= 100:
            raise UnusableSheets(f"{place}: {criterion} is not between 0 and 100")
