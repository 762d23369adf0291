"""An expense in words: its purpose, and what the rules say of it."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import get_language

from dure.apps.projects import adapter
from dure.apps.projects.models import Expense, Project
from dure.foundation import programmes


def findings_of(
    expense: Expense, evidence: Collection[str] | None, parts: int = 1
) -> list[dict[str, Any]]:
    """What will be disallowed of an expense unless something is cured, a sentence each."""
    rules = adapter.rules_of(expense.project, "spending")
    return [
        {
            "sentence": programmes.finding_sentence(finding, rules, get_language()),
            "amount": finding.disallowed,
        }
        for finding in adapter.judged(expense, evidence, parts)
    ]


def purpose_names(project: Project) -> dict[str, str]:
    """What purposes are called, by id."""
    rules = adapter.rules_of(project, "spending")
    language = get_language()
    return {
        purpose.id: purpose.name.in_language(language)
        for purpose in (rules.purposes if rules else [])
    }


def row_of(expense: Expense, names: dict[str, str]) -> dict[str, Any]:
    """An expense as a row of a list."""
    tone = ""
    if expense.disallowed:
        tone = "danger"
    elif expense.broken and not expense.decision:
        tone = "warning"
    return {"expense": expense, "purpose": names.get(expense.purpose, ""), "tone": tone}
