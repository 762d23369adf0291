"""Everything that changes mentoring."""

from dure.apps.mentoring.operations.agreeing import Draft, confirm, set_goals
from dure.apps.mentoring.operations.cases import ask, close, hand_over, take
from dure.apps.mentoring.operations.pairing import answer, break_off, propose
from dure.apps.mentoring.operations.profiles import drop_rival, keep_profile, name_rival
from dure.apps.mentoring.operations.reviewing import end, review
from dure.apps.mentoring.operations.sessions import note_session, remind

__all__ = [
    "Draft",
    "answer",
    "ask",
    "break_off",
    "close",
    "confirm",
    "drop_rival",
    "end",
    "hand_over",
    "keep_profile",
    "name_rival",
    "note_session",
    "propose",
    "remind",
    "review",
    "set_goals",
    "take",
]
