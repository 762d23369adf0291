"""Holds a measurement against the rules, one fact at a time, knowing nothing of who made it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dure.engines.measuring._model import (
    PLACES,
    AddsUp,
    Definition,
    Fact,
    Measurement,
    Period,
    Selection,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """What does not agree: the group (empty for the whole), what was stated and what is right."""

    group: tuple[str, ...]
    stated: Decimal | None
    right: Decimal | None


def check(
    definition: Definition,
    facts: Iterable[Fact],
    period: Period,
    measurement: Measurement,
    as_of: date | None = None,
) -> tuple[Violation, ...]:
    """Say where a measurement is not what the facts of a day add up to; nothing where it is."""
    everything = list(facts)
    violations = []
    right = _right(definition, everything, period, as_of, None)
    if right != measurement.value:
        violations.append(Violation((), measurement.value, right))
    values = {cell.group: cell.value for cell in measurement.cells}
    for group in sorted(_groups(definition, everything, period, as_of) | values.keys()):
        right = _right(definition, everything, period, as_of, group)
        if group not in values or values[group] != right:
            violations.append(Violation(group, values.get(group), right))
    return tuple(violations)


def _counts(fact: Fact, selection: Selection, period: Period, since_ever: bool) -> bool:
    return (
        fact.kind == selection.kind
        and fact.on <= period.last
        and (since_ever or fact.on >= period.first)
        and all(fact.dimensions.get(name, "") in some for name, some in selection.where.items())
    )


def _held(fact: Fact, as_of: date | None) -> bool:
    if as_of is None:
        return fact.known_until is None
    return not (fact.known_from > as_of or (fact.known_until and fact.known_until <= as_of))


def _group(fact: Fact, by: tuple[str, ...]) -> tuple[str, ...]:
    own = {**fact.dimensions, "year": str(fact.on.year)}
    return tuple(own.get(name, "") for name in by)


def _groups(
    definition: Definition, facts: list[Fact], period: Period, as_of: date | None
) -> set[tuple[str, ...]]:
    if not definition.by:
        return set()
    selections = [definition.of, *([definition.per] if definition.per else [])]
    return {
        _group(fact, definition.by)
        for fact in facts
        for selection in selections
        if _held(fact, as_of) and _counts(fact, selection, period, definition.cumulative)
    }


def _right(
    definition: Definition,
    facts: list[Fact],
    period: Period,
    as_of: date | None,
    group: tuple[str, ...] | None,
) -> Decimal | None:
    def of(selection: Selection) -> list[Fact]:
        return [
            fact
            for fact in facts
            if _held(fact, as_of)
            and _counts(fact, selection, period, definition.cumulative)
            and (group is None or _group(fact, definition.by) == group)
        ]

    part = of(definition.of)
    total = sum((Fraction(fact.value) for fact in part), Fraction(0))
    if definition.adds_up == AddsUp.COUNT:
        return Decimal(len(part))
    if definition.adds_up == AddsUp.SUM:
        return sum((Decimal(fact.value) for fact in part), Decimal(0))
    if definition.adds_up == AddsUp.DISTINCT:
        names = [fact.dimensions.get(definition.distinct) for fact in part]
        return Decimal(len({name for name in names if name}))
    if definition.adds_up == AddsUp.LATEST:
        ordered = sorted(part, key=lambda fact: (fact.on, fact.known_from, fact.id, fact.value))
        return Decimal(ordered[-1].value) if ordered else None
    return _quotient(definition, total, part, of(definition.per) if definition.per else [])


def _quotient(
    definition: Definition, total: Fraction, part: list[Fact], whole: list[Fact]
) -> Decimal | None:
    above, below = {
        AddsUp.AVERAGE: (total, Fraction(len(part))),
        AddsUp.RATIO: (Fraction(len(part)), Fraction(len(whole))),
        AddsUp.SHARE: (total, sum((Fraction(fact.value) for fact in whole), Fraction(0))),
    }[definition.adds_up]
    if below == 0:
        return None
    scaled = above * definition.times / below * 10**PLACES
    floor = scaled.numerator // scaled.denominator
    up = scaled - floor >= Fraction(1, 2)
    return Decimal(floor + up).scaleb(-PLACES)
