"""Agreements as the engines know them, and as plain values for the text that is signed."""

from dure.apps.agreements.adapter.change_facts import facts_of_change
from dure.apps.agreements.adapter.change_rules import (
    ChangeKind,
    answer_by,
    change_kinds,
    grounds_of,
    halves,
    handling_of,
    questions_of,
)
from dure.apps.agreements.adapter.changes import (
    SIGNED,
    BelowPaid,
    Wish,
    changed,
    instalments_after,
    kept_before,
    really_changed,
    together,
)
from dure.apps.agreements.adapter.instalments import planned
from dure.apps.agreements.adapter.plan import (
    Whole,
    category_names,
    fact_name,
    facts_asked,
    judgement,
    obligation_name,
    phases_of,
    plan_of,
    programme_of,
    terms_of,
)
from dure.apps.agreements.adapter.text import content_of, spoken
from dure.apps.agreements.adapter.transfers import Transfer, read_transfers
from dure.apps.agreements.adapter.versions import Difference, differences

__all__ = [
    "SIGNED",
    "BelowPaid",
    "ChangeKind",
    "Difference",
    "Transfer",
    "Whole",
    "Wish",
    "answer_by",
    "category_names",
    "change_kinds",
    "changed",
    "content_of",
    "differences",
    "fact_name",
    "facts_asked",
    "facts_of_change",
    "grounds_of",
    "halves",
    "handling_of",
    "instalments_after",
    "judgement",
    "kept_before",
    "obligation_name",
    "phases_of",
    "plan_of",
    "planned",
    "programme_of",
    "questions_of",
    "read_transfers",
    "really_changed",
    "spoken",
    "terms_of",
    "together",
]
