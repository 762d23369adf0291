"""Adds facts up."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dure.engines.measuring._known import Known
from dure.engines.measuring._model import (
    PLACES,
    YEAR,
    AddsUp,
    Cell,
    Definition,
    Fact,
    Measurement,
    Period,
)

_Group = tuple[str, ...]
_UNIT = Decimal(1).scaleb(-PLACES)


def measure(
    definition: Definition,
    facts: Iterable[Fact] | Known,
    period: Period,
    as_of: date | None = None,
) -> Measurement:
    """The figure of a period as known on a day; None: with everything that holds now.

    Who asks more than once hands over what `known_on` keeps, whose day then counts.
    """
    known = facts if isinstance(facts, Known) else Known(facts, as_of)
    counted = known.selected(definition.of, period, definition.cumulative)
    whole = known.selected(definition.per, period, definition.cumulative) if definition.per else ()
    cells: tuple[Cell, ...] = ()
    if definition.by:
        parts, wholes = _grouped(counted, definition.by), _grouped(whole, definition.by)
        cells = tuple(
            Cell(
                group,
                _figure(definition, parts.get(group, ()), wholes.get(group, ())),
                len(parts.get(group, ())),
            )
            for group in sorted(parts.keys() | wholes.keys())
        )
    return Measurement(_figure(definition, counted, whole), len(counted), cells)


def behind(
    definition: Definition,
    facts: Iterable[Fact] | Known,
    period: Period,
    as_of: date | None = None,
) -> tuple[Fact, ...]:
    """The facts that make up a figure, by day and id; of a part, those of the part."""
    known = facts if isinstance(facts, Known) else Known(facts, as_of)
    selected = known.selected(definition.of, period, definition.cumulative)
    return tuple(sorted(selected, key=lambda fact: (fact.on, fact.id, fact.known_from)))


def _grouped(facts: Sequence[Fact], by: _Group) -> dict[_Group, list[Fact]]:
    groups: dict[_Group, list[Fact]] = {}
    for fact in facts:
        group = tuple(
            str(fact.on.year) if name == YEAR else fact.dimensions.get(name, "") for name in by
        )
        groups.setdefault(group, []).append(fact)
    return groups


def _figure(definition: Definition, facts: Sequence[Fact], whole: Sequence[Fact]) -> Decimal | None:
    match definition.adds_up:
        case AddsUp.COUNT:
            return Decimal(len(facts))
        case AddsUp.SUM:
            return Decimal(_sum(facts))
        case AddsUp.DISTINCT:
            values = {fact.dimensions.get(definition.distinct, "") for fact in facts}
            return Decimal(len(values - {""}))
        case AddsUp.LATEST:
            last = max(facts, key=_latest, default=None)
            return None if last is None else Decimal(last.value)
        case AddsUp.AVERAGE:
            return _part(_sum(facts), len(facts), definition.times)
        case AddsUp.RATIO:
            return _part(len(facts), len(whole), definition.times)
        case AddsUp.SHARE:
            return _part(_sum(facts), _sum(whole), definition.times)


def _sum(facts: Sequence[Fact]) -> Decimal | int:
    return sum(fact.value for fact in facts)


def _latest(fact: Fact) -> tuple[date, date, str, Decimal | int]:
    return fact.on, fact.known_from, fact.id, fact.value


def _part(part: Decimal | int, whole: Decimal | int, times: int) -> Decimal | None:
    """The exact part, rounded once."""
    if not whole:
        return None
    exact = Fraction(part) * times / Fraction(whole)
    units = exact * 10**PLACES
    doubled = 2 * units.numerator // units.denominator + 1
    return (Decimal(doubled // 2) * _UNIT).quantize(_UNIT, ROUND_HALF_UP)
