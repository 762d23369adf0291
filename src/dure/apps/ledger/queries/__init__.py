"""What the ledger says: balances at any day, budgets month by month, and whether it is whole."""

from dure.apps.ledger.queries.balances import (
    TrialRow,
    accounts_visible_to,
    balance,
    balances_of,
    debits_of,
    entries_visible_to,
    is_reader,
    journal,
    lines_of,
    own_side,
    size,
    trial_balance,
)
from dure.apps.ledger.queries.budgets import (
    BudgetFigures,
    appropriations_by_id,
    appropriations_visible_to,
    budget_by_month,
    budgets,
    free_won,
)

__all__ = [
    "BudgetFigures",
    "TrialRow",
    "accounts_visible_to",
    "appropriations_by_id",
    "appropriations_visible_to",
    "balance",
    "balances_of",
    "budget_by_month",
    "budgets",
    "debits_of",
    "entries_visible_to",
    "free_won",
    "is_reader",
    "journal",
    "lines_of",
    "own_side",
    "size",
    "trial_balance",
]
