"""Everything that changes fairs."""

from dure.apps.fairs.operations.capacity import SetUp, capacity_of
from dure.apps.fairs.operations.importing import (
    PARTICIPANT_COLUMNS,
    check_participants,
    confirm_participants,
    import_participants,
    take_participants,
)
from dure.apps.fairs.operations.registering import (
    approve,
    edit_registration,
    refuse,
    register_organisation,
    set_attendees,
    set_availability,
    withdraw,
)
from dure.apps.fairs.operations.setting_up import (
    Day,
    HallPlan,
    Pause,
    copy_fair,
    edit_fair,
    give_desk_duty,
    move,
    set_days,
    set_halls,
    set_room,
    set_up_fair,
    take_desk_duty,
)
from dure.apps.fairs.operations.wishing import (
    clear_wish,
    note_look,
    propose_wishes,
    record_wish,
)

__all__ = [
    "PARTICIPANT_COLUMNS",
    "Day",
    "HallPlan",
    "Pause",
    "SetUp",
    "approve",
    "capacity_of",
    "check_participants",
    "clear_wish",
    "confirm_participants",
    "copy_fair",
    "edit_fair",
    "edit_registration",
    "give_desk_duty",
    "import_participants",
    "move",
    "note_look",
    "propose_wishes",
    "record_wish",
    "refuse",
    "register_organisation",
    "set_attendees",
    "set_availability",
    "set_days",
    "set_halls",
    "set_room",
    "set_up_fair",
    "take_desk_duty",
    "take_participants",
    "withdraw",
]
