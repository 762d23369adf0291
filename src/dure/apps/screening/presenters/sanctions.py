"""What the tables say of a case in which money was misused."""

from typing import Any

from dure.apps.screening.models import Case
from dure.engines.auditing import guidance


def guidance_of(case: Case) -> dict[str, Any] | None:
    """What the table of the day of the spending says, where verdicts disallow money; None else."""
    misused = case.disallowed
    if not misused:
        return None
    asked = case.questions.exclude(disallowed=0).prefetch_related("expenses")
    days = [expense.spent_on for question in asked for expense in question.expenses.all()]
    grant = sum(member.grant for member in case.project.members.all())
    advice = guidance(misused, grant, min(days, default=case.project.begins_on))
    return {"misused": misused, "grant": grant, "said": advice} if advice else None
