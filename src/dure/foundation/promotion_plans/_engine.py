"""Turns what a file says of an indicator into what the engine measures."""

from dure.engines.measuring import AddsUp, Definition, Selection
from dure.foundation.promotion_plans._file import Indicator, Selected

_PERCENT = 100


def definition_of(indicator: Indicator, by: tuple[str, ...] = ()) -> Definition | None:
    """Return how facts make up an indicator, in cells of `by`; None where none do."""
    measured = indicator.measured
    if measured is None:
        return None
    return Definition(
        _selection(measured),
        AddsUp(measured.adds_up),
        distinct=measured.distinct or "",
        per=_selection(measured.per) if measured.per else None,
        times=_PERCENT if indicator.unit == "percent" else 1,
        cumulative=measured.cumulative,
        by=by,
    )


def _selection(selected: Selected) -> Selection:
    where = {name: frozenset(values) for name, values in selected.where.items()}
    return Selection(selected.fact, where)
