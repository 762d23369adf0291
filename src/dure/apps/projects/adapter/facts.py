"""An expense as the engine of spending sees it."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from dure.apps.projects.adapter.rules import rules_of
from dure.apps.projects.models import Expense
from dure.engines import spending
from dure.foundation import programmes
from dure.foundation.programmes import SpendingRules

# A rule set cannot be hashed; it is known by what it is called and since when it holds.
_Key = tuple[str, date]


@lru_cache(maxsize=64)
def _engine_rules(key: _Key) -> tuple[spending.Rule, ...]:
    name, on = key
    return programmes.spending_of(programmes.rule_sets().rule_set("spending", name, on))


def facts_of(expense: Expense, evidence: Collection[str] | None, parts: int = 1) -> dict[str, Any]:
    """What is known of an expense: what its record says, and the answers to the questions.

    `evidence` are the kinds of its files (None: not known yet), `parts` how many payments of that
    day to that payee there are. What is not known is left out.
    """
    project = expense.project
    facts: dict[str, Any] = {
        "amount": expense.amount,
        "in_kind": expense.is_in_kind,
        "paid_by": expense.paid_by,
        "payee": expense.relation,
        "inside_period": project.begins_on <= expense.spent_on <= project.ends_on,
        "months_before_end": _months(expense.spent_on, project.ends_on),
        "project_months": _months(project.begins_on, expense.spent_on),
        "parts": parts,
    }
    if evidence is not None:
        facts |= {"evidence": bool(evidence), "evidence_kinds": " ".join(sorted(set(evidence)))}
    known = {
        "vat": expense.vat,
        "time": expense.spent_at,
        "line": expense.line or None,
        "purpose": expense.purpose or None,
        "what": expense.what or None,
        "shop": expense.shop or None,
    }
    facts |= {name: value for name, value in known.items() if value is not None}
    return facts | expense.answers


def judged(
    expense: Expense, evidence: Collection[str] | None, parts: int = 1
) -> tuple[spending.Finding, ...]:
    """What the rules that bind the project disallow of an expense, the largest first."""
    rules: SpendingRules | None = rules_of(expense.project, "spending")
    if rules is None:
        return ()
    return spending.judge(
        facts_of(expense, evidence, parts), _engine_rules((rules.id, rules.valid_from))
    )


def _months(first: date, last: date) -> int:
    """Whole months from one day to another; below nought where the other is earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day else months
