"""Limits of budget categories (비목별 한도), each with the base that it is taken of."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dure.engines.funding._model import PAID, Cost, Plan, Rule, Violation
from dure.values.money import at_most


@dataclass(frozen=True, slots=True)
class CategoryLimit:
    """Cost of `category` is at most `share` of that of the categories `of`, kinds `kinds` only.

    `won_a_year` caps the yearly average as well. With `sizes` the limit is for such organisations
    only; where the size is not known, limits that include small firms apply.
    """

    category: str
    share: Fraction | None = None
    of: tuple[str, ...] = ()
    kinds: tuple[str, ...] = PAID
    won_a_year: int | None = None
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """A dated set of budget categories and their limits."""

    categories: tuple[str, ...]
    limits: tuple[CategoryLimit, ...] = ()


def over_limits(plan: Plan, budget: Budget) -> Iterator[Violation]:
    """Yield every category that costs more than it may, organisation by organisation."""
    size = plan.facts.size or "small"
    for organisation in dict.fromkeys(row.organisation for row in plan.costs):
        costs = tuple(row for row in plan.costs if row.organisation == organisation)
        for limit in budget.limits:
            if not limit.sizes or size in limit.sizes:
                yield from _over(costs, limit, plan.months, organisation)


def _over(
    costs: tuple[Cost, ...], limit: CategoryLimit, months: int | None, organisation: str | None
) -> Iterator[Violation]:
    actual = _sum(costs, (limit.category,), PAID)
    if limit.share is not None:
        base = _sum(costs, limit.of, limit.kinds)
        most = at_most(base, limit.share)
        if actual > most:
            yield _violation(limit, most, actual, organisation, base)
    if limit.won_a_year is not None and months is not None:
        most = limit.won_a_year * months // 12
        if actual > most:
            yield _violation(limit, most, actual, organisation)


def _sum(costs: tuple[Cost, ...], categories: tuple[str, ...], kinds: tuple[str, ...]) -> int:
    return sum(row.amount or 0 for row in costs if row.category in categories and row.kind in kinds)


def _violation(
    limit: CategoryLimit,
    most: int,
    actual: int,
    organisation: str | None,
    base: int | None = None,
) -> Violation:
    return Violation(
        Rule.CATEGORY_MAX,
        limit=most,
        actual=actual,
        excess=actual - most,
        base=base,
        share=None if base is None else limit.share,
        organisation=organisation,
        category=limit.category,
    )
