"""Projects as engines see them: the rules that bind them, the facts of an expense, the account."""

from dure.apps.projects.adapter.facts import facts_of, judged
from dure.apps.projects.adapter.money import (
    Carried,
    LineSum,
    account_of,
    adjustments_of,
    interest_on,
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
from dure.apps.projects.adapter.sampling import (
    drawn_projects,
    is_small,
    sampled,
    seed_of,
    seed_of_month,
)
from dure.apps.projects.adapter.sorting import sorter_of
from dure.apps.projects.adapter.stages import StageMoney, stage_money

__all__ = [
    "Carried",
    "LineSum",
    "StageMoney",
    "account_of",
    "adjustments_of",
    "drawn_projects",
    "facts_of",
    "follow_up_years",
    "interest_on",
    "is_small",
    "judged",
    "line_name",
    "lines_of",
    "plan_against_actual",
    "programme_of",
    "rules_of",
    "sampled",
    "seed_of",
    "seed_of_month",
    "settled",
    "sorter_of",
    "stage_money",
]
