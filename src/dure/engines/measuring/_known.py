"""The facts that hold as known on a day, ready to be asked many times."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from dure.engines.measuring._model import Fact, Period, Selection

_on = attrgetter("on")


class Known:
    """Facts as known on `as_of` (None: with everything that holds now), by kind and day."""

    def __init__(self, facts: Iterable[Fact], as_of: date | None = None) -> None:
        self.as_of = as_of
        self._facts: dict[str, list[Fact]] = {}
        for fact in facts:
            if _holds(fact, as_of):
                self._facts.setdefault(fact.kind, []).append(fact)
        for facts_of_kind in self._facts.values():
            facts_of_kind.sort(key=_on)
        self._days = {
            kind: [fact.on for fact in facts_of_kind] for kind, facts_of_kind in self._facts.items()
        }

    def selected(self, selection: Selection, period: Period, cumulative: bool) -> Sequence[Fact]:
        """The facts of a selection in a period, by their day."""
        days = self._days.get(selection.kind, [])
        first = 0 if cumulative else bisect_left(days, period.first)
        facts = self._facts.get(selection.kind, [])[first : bisect_right(days, period.last)]
        for dimension, values in selection.where.items():
            facts = [fact for fact in facts if fact.dimensions.get(dimension, "") in values]
        return facts


def known_on(facts: Iterable[Fact], as_of: date | None = None) -> Known:
    """Keep what holds as known on a day; None: what holds now."""
    return Known(facts, as_of)


def _holds(fact: Fact, as_of: date | None) -> bool:
    if as_of is None:
        return fact.known_until is None
    until = fact.known_until
    return fact.known_from <= as_of and (until is None or as_of < until)
