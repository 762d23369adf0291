"""Everything that changes calls."""

from dure.apps.calls.operations.drafting import Window, discard, draft, edit
from dure.apps.calls.operations.following import (
    be_alerted,
    end_alert,
    renew_feed,
    set_mobile,
    unwatch,
    watch,
)
from dure.apps.calls.operations.handing import drop_recommender, hand_over, name_recommender
from dure.apps.calls.operations.letters import addresses, addresses_of, send, write, write_to
from dure.apps.calls.operations.life import (
    announce,
    close_due,
    close_early,
    confirm,
    hold_call,
    note_opening,
    propose_cancellation,
    propose_extension,
    take_back,
)
from dure.apps.calls.operations.reminding import remind
from dure.apps.calls.operations.speaking import add, answer, ask, extend_for

__all__ = [
    "Window",
    "add",
    "addresses",
    "addresses_of",
    "announce",
    "answer",
    "ask",
    "be_alerted",
    "close_due",
    "close_early",
    "confirm",
    "discard",
    "draft",
    "drop_recommender",
    "edit",
    "end_alert",
    "extend_for",
    "hand_over",
    "hold_call",
    "name_recommender",
    "note_opening",
    "propose_cancellation",
    "propose_extension",
    "remind",
    "renew_feed",
    "send",
    "set_mobile",
    "take_back",
    "unwatch",
    "watch",
    "write",
    "write_to",
]
