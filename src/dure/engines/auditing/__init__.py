"""Signals of misuse in the spending of many projects: which ones, where, and on which rows.

A signal is a suspicion that a person looks into; what the rule book disallows is decided elsewhere.
Written as Ibis expressions: whoever brings the tables decides what works them out.
"""

from dure.engines.auditing._checklists import Checklist, Item, checklist_on, checklists
from dure.engines.auditing._communities import Community, communities
from dure.engines.auditing._kinds import ITEM_WORDS, kind_named
from dure.engines.auditing._learned import Checked, Learned, Reason, lacking, learn
from dure.engines.auditing._model import (
    Finding,
    Keep,
    Ledger,
    Level,
    Ranked,
    Screening,
    Signal,
    Silent,
    Words,
)
from dure.engines.auditing._prepare import EXPENSES, PLAN, PROJECTS, RELATIONS, prepare
from dure.engines.auditing._rank import rank, rarity
from dure.engines.auditing._sanctions import Guidance, guidance
from dure.engines.auditing._screen import screen
from dure.engines.auditing._signals import LANGUAGES, signals
from dure.engines.auditing._words import sentence_of

__all__ = [
    "EXPENSES",
    "ITEM_WORDS",
    "LANGUAGES",
    "PLAN",
    "PROJECTS",
    "RELATIONS",
    "Checked",
    "Checklist",
    "Community",
    "Finding",
    "Guidance",
    "Item",
    "Keep",
    "Learned",
    "Ledger",
    "Level",
    "Ranked",
    "Reason",
    "Screening",
    "Signal",
    "Silent",
    "Words",
    "checklist_on",
    "checklists",
    "communities",
    "guidance",
    "kind_named",
    "lacking",
    "learn",
    "prepare",
    "rank",
    "rarity",
    "screen",
    "sentence_of",
    "signals",
]
