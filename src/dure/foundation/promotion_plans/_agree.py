"""What in a plan does not add up: said of the plan's own figures, never mended silently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dure.foundation.programmes import Text
from dure.foundation.promotion_plans._file import Plan, Sum
from dure.foundation.promotion_plans._words import name

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """At `place` two figures do not agree; `explained` is why the file lets it stand."""

    place: str
    code: str
    facts: Mapping[str, Any]
    explained: Text | None = None

    def message(self, language: str | None) -> str:
        """What does not agree."""
        facts = {
            key: f"{value:,f}" if isinstance(value, Decimal) else value
            for key, value in self.facts.items()
        }
        return name("disagrees", self.code, language).format(**facts)


def discrepancies(plan: Plan) -> tuple[Discrepancy, ...]:
    """Return every figure of a plan that does not agree with others, explained or not."""
    explained = {oddity.about: oddity.text for oddity in plan.oddities}
    differences = (*_stated(plan), *_sums(plan), *_growth(plan), *_parts(plan))
    return tuple(
        Discrepancy(place, code, facts, explained.get(place)) for place, code, facts in differences
    )


_Found = Iterator[tuple[str, str, dict[str, Any]]]


def _stated(plan: Plan) -> _Found:
    if plan.stated is None:
        return
    listed = {
        "strategies": len(plan.strategies),
        "headlines": sum(1 for indicator in plan.indicators if indicator.strategy),
        "tasks": len(plan.tasks),
    }
    for what, count in listed.items():
        stated = getattr(plan.stated, what)
        if stated is not None and stated != count:
            yield f"stated.{what}", "stated", {"stated": stated, "listed": count}


def _sums(plan: Plan) -> _Found:
    actuals = {indicator.id: indicator.actuals for indicator in plan.indicators}
    for stated_sum in plan.sums:
        missing = [
            code
            for code in (stated_sum.total, *stated_sum.parts)
            if stated_sum.period not in actuals[code]
        ]
        place = f"sums.{stated_sum.total}.{stated_sum.period}"
        if missing:
            yield place, "missing", {"period": stated_sum.period, "value": ", ".join(missing)}
        else:
            yield from _sum(stated_sum, actuals, place)


def _sum(stated_sum: Sum, actuals: Mapping[str, Mapping[str, Decimal]], place: str) -> _Found:
    right = sum((actuals[code][stated_sum.period] for code in stated_sum.parts), Decimal(0))
    total = actuals[stated_sum.total][stated_sum.period]
    if right != total:
        yield place, "sum", {"period": stated_sum.period, "right": right, "said": total}


def _growth(plan: Plan) -> _Found:
    for indicator in plan.indicators:
        new = plan.indicator(indicator.grows_by).actuals if indicator.grows_by else {}  # type: ignore[union-attr]
        for period, actual in new.items():
            before = str(int(period) - 1) if period.isdecimal() else ""
            if period in indicator.actuals and before in indicator.actuals:
                right = indicator.actuals[period] - indicator.actuals[before]
                if right != actual:
                    facts = {"period": period, "right": right, "said": actual}
                    yield f"indicators.{indicator.id}.{period}", "growth", facts


def _parts(plan: Plan) -> _Found:
    for indicator in plan.indicators:
        if indicator.per is None:
            continue
        part, whole = plan.indicator(indicator.per.part), plan.indicator(indicator.per.whole)
        for period, stated in indicator.actuals.items():
            above = part.actuals.get(period) if part else None
            below = whole.actuals.get(period) if whole else None
            if above is None or not below:
                continue
            exponent = Decimal(1).scaleb(int(stated.as_tuple().exponent))
            right = (_PERCENT * above / below).quantize(exponent, ROUND_HALF_UP)
            if right != stated:
                facts = {"period": period, "right": right, "said": stated}
                yield f"indicators.{indicator.id}.{period}", "part", facts
