"""A plan held against a programme: what it breaks, what general law says, and what it comes to."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dure.engines import funding
from dure.foundation.programmes._engine import ceilings_of, terms
from dure.foundation.programmes._file import BudgetRules, Programme
from dure.foundation.programmes._rule_sets import rule_sets
from dure.foundation.programmes._said import violation_sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comes of a plan; it passes without violations, warnings do not count.

    `budget` are the rules of budget categories that applied.
    """

    programme: Programme
    budget: BudgetRules | None
    violations: tuple[funding.Violation, ...]
    warnings: tuple[funding.Violation, ...]
    parts: tuple[funding.Part, ...]
    instalments: tuple[funding.Instalment, ...]

    @property
    def passes(self) -> bool:
        return not self.violations

    def sentence(self, violation: funding.Violation, language: str | None) -> str:
        """Say a violation or warning."""
        return violation_sentence(violation, self.programme, self.budget, language)

    def as_json(self, language: str | None) -> dict[str, Any]:
        """Return what `dure programme plan` prints."""
        return {
            "passes": self.passes,
            "violations": [self._violation(violation, language) for violation in self.violations],
            "warnings": [self._violation(warning, language) for warning in self.warnings],
            "split": [_part(part) for part in self.parts],
            "instalments": [
                {"stage": instalment.stage, "amount": instalment.amount}
                for instalment in self.instalments
            ],
        }

    def _violation(self, violation: funding.Violation, language: str | None) -> dict[str, Any]:
        always = ("role", "limit", "actual", "excess")
        often = ("phase", "year", "organisation", "category", "field", "value")
        return {
            "rule": violation.rule.value,
            **{name: getattr(violation, name) for name in always},
            **{name: value for name in often if (value := getattr(violation, name)) is not None},
            **({"needs": list(violation.needs)} if violation.needs else {}),
            "message": self.sentence(violation, language),
        }


def judge_plan(programme: Programme, plan: funding.Plan, on: date) -> Judgement:
    """Hold `plan` against `programme` and the shared rules in force on the day `on`.

    The day is that of the agreement, or before there is one that of the call.
    """
    budget = rule_sets().rule_set("budget", programme.rules.budget, on)
    ceilings = rule_sets().rule_set("ceilings", programme.rules.ceilings, on)
    rules = terms(programme, budget)
    violations = funding.check(plan, rules)
    return Judgement(
        programme,
        budget,
        violations,
        () if ceilings is None else _warnings(plan, ceilings_of(ceilings, programme)),
        funding.split(plan),
        funding.instalments(plan, rules),
    )


def _warnings(plan: funding.Plan, ceilings: funding.Programme) -> tuple[funding.Violation, ...]:
    """What general law says of a plan; who gives no size is taken for a small or medium firm."""
    facts = plan.facts if plan.facts.size else replace(plan.facts, size=funding.Size.SMALL.value)
    violations = funding.check(replace(plan, facts=facts, costs=()), ceilings)
    about_shares = {funding.Rule.SHARE_MAX, funding.Rule.CASH_SHARE_MIN}
    return tuple(violation for violation in violations if violation.rule in about_shares)


def _part(part: funding.Part) -> dict[str, Any]:
    return {
        "role": part.role,
        **({"organisation": part.organisation} if part.organisation else {}),
        "amount": part.amount,
        "cash": part.cash,
        "in_kind": part.in_kind,
        "percent": part.hundredths / 100,
        "years": [{"year": year, "amount": amount} for year, amount in part.years],
    }
