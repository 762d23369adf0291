"""Projects as engines see them: the rules that bind them, the facts of an expense, the account."""

from dure.apps.projects.adapter.facts import facts_of, judged
from dure.apps.projects.adapter.money import (
    LineSum,
    account_of,
    adjustments_of,
    plan_against_actual,
    settled,
)
from dure.apps.projects.adapter.rules import (
    follow_up_years,
    line_name,
    lines_of,
    programme_of,
    rules_of,
)
from dure.apps.projects.adapter.sampling import is_small, sampled, seed_of
from dure.apps.projects.adapter.sorting import sorter_of

__all__ = [
    "LineSum",
    "account_of",
    "adjustments_of",
    "facts_of",
    "follow_up_years",
    "is_small",
    "judged",
    "line_name",
    "lines_of",
    "plan_against_actual",
    "programme_of",
    "rules_of",
    "sampled",
    "seed_of",
    "settled",
    "sorter_of",
]
