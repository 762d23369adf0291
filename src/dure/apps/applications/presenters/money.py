"""The money of an application: who pays, what for, in which year, and what breaks a rule."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.applications import adapter
from dure.apps.applications.models import Application
from dure.foundation import programmes


@dataclass(frozen=True, slots=True)
class Money:
    """What a page shows of the money; `difference` is cost less money, in won.

    `shares` are rows of a chart, `payers` and `costs` rows of tables, `broken` and `warnings`
    sentences.
    """

    cost: int
    money: int
    shares: list[dict[str, Any]]
    payers: list[dict[str, Any]]
    costs: list[dict[str, Any]]
    years: list[tuple[int, int]]
    broken: list[str]
    warnings: list[str]

    @property
    def difference(self) -> int:
        """How much more it costs than is paid; negative when less."""
        return self.cost - self.money


def money_of(application: Application, content: dict[str, Any]) -> Money:
    """Judge and sum up the plan of an application's content."""
    language = get_language()
    judged = adapter.judgement(application, content)
    plan = adapter.plan_of(content)
    sentences = [
        judged.sentence(violation, language)
        for violation in judged.violations
        if violation.rule != "missing"
    ]
    paid = [row for row in plan.costs if row.kind != "unpaid"]
    categories = Counter[tuple[str, str]]()
    for row in paid:
        categories[row.organisation or "", row.category or ""] += row.amount or 0
    return Money(
        cost=sum(row.amount or 0 for row in paid),
        money=sum(row.amount or 0 for row in plan.money),
        shares=[
            {
                "label": programmes.name("role", part.role, language),
                "value": part.amount,
                "text": f"{part.amount:,}",
            }
            for part in _by_role(judged.parts)
        ],
        payers=[
            {
                "role": programmes.name("role", part.role, language),
                "organisation": part.organisation,
                "cash": part.cash,
                "in_kind": part.in_kind,
                "amount": part.amount,
                "percent": part.hundredths / 100,
            }
            for part in judged.parts
            if part.role
        ],
        costs=[
            {
                "organisation": organisation,
                "category": _category(application, category),
                "amount": amount,
            }
            for (organisation, category), amount in sorted(categories.items())
        ],
        years=_years(content),
        broken=list(dict.fromkeys(sentences)),
        warnings=[judged.sentence(warning, language) for warning in judged.warnings],
    )


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    amount: int


def _by_role(parts: Any) -> list[_Part]:
    sums = Counter[str]()
    for part in parts:
        if part.role:
            sums[part.role] += part.amount
    return [_Part(role, amount) for role, amount in sums.items()]


def _category(application: Application, category: str) -> str:
    budget = adapter.budget_of(application.call)
    names = (
        {known.id: known.name.in_language(get_language()) for known in budget.categories}
        if budget
        else {}
    )
    return names.get(category, _("Whole cost") if category == "whole" else category or "–")


def _years(content: dict[str, Any]) -> list[tuple[int, int]]:
    sums = Counter[int]()
    for member in content["members"]:
        for row in member["costs"]:
            sums[row["year"]] += row["won"] or 0
    return sorted(sums.items())
