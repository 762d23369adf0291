"""Everything that changes introductions."""

from dure.apps.introductions.operations.meeting import answer_proposal, note_outcome, propose_times
from dure.apps.introductions.operations.offering import draft_and_offer, offer, tell_of_offers
from dure.apps.introductions.operations.opening import (
    open_introduction,
    open_missing,
    take_back_introduction,
)
from dure.apps.introductions.operations.talking import choose_contact, move, remind, write

__all__ = [
    "answer_proposal",
    "choose_contact",
    "draft_and_offer",
    "move",
    "note_outcome",
    "offer",
    "open_introduction",
    "open_missing",
    "propose_times",
    "remind",
    "take_back_introduction",
    "tell_of_offers",
    "write",
]
