"""Everything that changes courses."""

from dure.apps.training.operations.courses import (
    add_day,
    cancel,
    drop_day,
    edit,
    offer,
    publish,
)
from dure.apps.training.operations.holding_courses import close, give_feedback, note_presences
from dure.apps.training.operations.seats import give_back, register, remind

__all__ = [
    "add_day",
    "cancel",
    "close",
    "drop_day",
    "edit",
    "give_back",
    "give_feedback",
    "note_presences",
    "offer",
    "publish",
    "register",
    "remind",
]
