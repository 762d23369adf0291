"""Everything that changes agreements, request sheets, hand-overs and doubts, and who read what."""

from dure.apps.ndas.operations.agreeing import ask, confirm_return, move
from dure.apps.ndas.operations.countering import answer_draft, counter
from dure.apps.ndas.operations.demanding import (
    NewSheet,
    answer_sheet,
    ask_for_agreement,
    give_sheet,
)
from dure.apps.ndas.operations.doubting import answer_doubt, raise_doubt
from dure.apps.ndas.operations.exchanging import register_exchange, register_handed_out
from dure.apps.ndas.operations.reading import note_access
from dure.apps.ndas.operations.reminding import remind
from dure.apps.ndas.operations.staffing import answer_staff_notice, give_staff_notice
from dure.apps.ndas.operations.terms import standard_terms, template_of

__all__ = [
    "NewSheet",
    "answer_doubt",
    "answer_draft",
    "answer_sheet",
    "answer_staff_notice",
    "ask",
    "ask_for_agreement",
    "confirm_return",
    "counter",
    "give_sheet",
    "give_staff_notice",
    "move",
    "note_access",
    "raise_doubt",
    "register_exchange",
    "register_handed_out",
    "remind",
    "standard_terms",
    "template_of",
]
