"""Everything that changes councils."""

from dure.apps.councils.operations.deliberating import (
    answer_opinion,
    ask_opinion,
    comment,
    name_expert,
    undertake,
)
from dure.apps.councils.operations.following import add_follow_up, decide, end_follow_up
from dure.apps.councils.operations.meeting import (
    add_item,
    add_paper,
    come,
    declare_interest,
    end_seat,
    give_proxy,
    leave,
    move_meeting,
    name_seat,
    plan,
)
from dure.apps.councils.operations.minuting import confirm_minutes, write_minutes
from dure.apps.councils.operations.proposing import (
    draft,
    move_model,
    open_up,
    write_conditions,
    write_version,
)
from dure.apps.councils.operations.voting import (
    cast,
    close,
    close_those_over,
    fresh_code,
    open_vote,
)

__all__ = [
    "add_follow_up",
    "add_item",
    "add_paper",
    "answer_opinion",
    "ask_opinion",
    "cast",
    "close",
    "close_those_over",
    "come",
    "comment",
    "confirm_minutes",
    "decide",
    "declare_interest",
    "draft",
    "end_follow_up",
    "end_seat",
    "fresh_code",
    "give_proxy",
    "leave",
    "move_meeting",
    "move_model",
    "name_expert",
    "name_seat",
    "open_up",
    "open_vote",
    "plan",
    "undertake",
    "write_conditions",
    "write_minutes",
    "write_version",
]
