"""Everything that changes the ledger: postings, corrections, seals, and budgets."""

from dure.apps.ledger.adapter import AccountName, Posting
from dure.apps.ledger.operations.budgets import appropriate, budget_postings
from dure.apps.ledger.operations.posting import NewEntry, correct, post
from dure.apps.ledger.operations.sealing import seal

__all__ = [
    "AccountName",
    "NewEntry",
    "Posting",
    "appropriate",
    "budget_postings",
    "correct",
    "post",
    "seal",
]
