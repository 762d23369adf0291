"""Everything that changes selections."""

from dure.apps.selection.operations.conflicts import (
    declare_conflict,
    find_conflicts,
    lift_conflict,
    pin_conflict,
)
from dure.apps.selection.operations.consensus import (
    close_panel,
    confirm_minutes,
    elect_chair,
    start_consensus,
    write_minutes,
)
from dure.apps.selection.operations.deciding import decide, move_up, propose, send_back
from dure.apps.selection.operations.objecting import name_voters, object_to, settle, vote
from dure.apps.selection.operations.pool import accept, bar, decline, invite, set_absence
from dure.apps.selection.operations.preparing import (
    begin,
    check_item,
    form_panels,
    replace_member,
)
from dure.apps.selection.operations.scoring import pledge, save_sheet

__all__ = [
    "accept",
    "bar",
    "begin",
    "check_item",
    "close_panel",
    "confirm_minutes",
    "decide",
    "declare_conflict",
    "decline",
    "elect_chair",
    "find_conflicts",
    "form_panels",
    "invite",
    "lift_conflict",
    "move_up",
    "name_voters",
    "object_to",
    "pin_conflict",
    "pledge",
    "propose",
    "replace_member",
    "save_sheet",
    "send_back",
    "set_absence",
    "settle",
    "start_consensus",
    "vote",
    "write_minutes",
]
