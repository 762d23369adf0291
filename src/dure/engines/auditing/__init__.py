"""Signals of misuse in the spending of many projects: which ones, where, and on which rows.

A signal is a suspicion that a person looks into; what the rule book disallows is decided elsewhere.
Written as Ibis expressions: whoever brings the tables decides what works them out.
"""

from dure.engines.auditing._kinds import ITEM_WORDS, kind_named
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
    "Finding",
    "Guidance",
    "Keep",
    "Ledger",
    "Level",
    "Ranked",
    "Screening",
    "Signal",
    "Silent",
    "Words",
    "guidance",
    "kind_named",
    "prepare",
    "rank",
    "rarity",
    "screen",
    "sentence_of",
    "signals",
]
