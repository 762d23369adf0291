"""Agreements as the engines know them, and as plain values for the text that is signed."""

from dure.apps.agreements.adapter.instalments import planned
from dure.apps.agreements.adapter.plan import (
    Whole,
    budget_of,
    judgement,
    phases_of,
    plan_of,
    programme_of,
    terms_of,
)
from dure.apps.agreements.adapter.text import content_of, spoken
from dure.apps.agreements.adapter.transfers import Transfer, read_transfers

__all__ = [
    "Transfer",
    "Whole",
    "budget_of",
    "content_of",
    "judgement",
    "phases_of",
    "plan_of",
    "planned",
    "programme_of",
    "read_transfers",
    "spoken",
    "terms_of",
]
