"""Everything that changes exchange groups."""

from dure.apps.groups.operations.acting import (
    add_goal,
    note_activity,
    review_goal,
)
from dure.apps.groups.operations.banking import (
    CHECK_BANK,
    IMPORT_BANK,
    check_bank,
    import_bank,
)
from dure.apps.groups.operations.belonging import (
    found_group,
    join,
    leave,
    name_officer,
)
from dure.apps.groups.operations.converging import (
    answer_pair,
    drop_pair,
    found_project,
    propose_pair,
    say_strengths,
    write_pre_plan,
)
from dure.apps.groups.operations.meeting import (
    add_photo,
    call_off,
    change_meeting,
    come,
    end_calendar,
    note_present,
    plan_meeting,
    remove_photo,
    renew_calendar,
)
from dure.apps.groups.operations.minuting import (
    confirm_minutes,
    write_minutes,
)
from dure.apps.groups.operations.paying import (
    approve_account,
    assign,
    book,
    give_receipt,
    set_dues,
)
from dure.apps.groups.operations.raising import (
    answer_proposal,
    raise_proposal,
    take_up,
)
from dure.apps.groups.operations.stepping import (
    decide_step,
    open_package,
    show_evidence,
)
from dure.apps.groups.operations.surveying import (
    CHECK,
    IMPORT,
    answer_survey,
    check_groups,
    import_groups,
)

__all__ = [
    "CHECK",
    "CHECK_BANK",
    "IMPORT",
    "IMPORT_BANK",
    "add_goal",
    "add_photo",
    "answer_pair",
    "answer_proposal",
    "answer_survey",
    "approve_account",
    "assign",
    "book",
    "call_off",
    "change_meeting",
    "check_bank",
    "check_groups",
    "come",
    "confirm_minutes",
    "decide_step",
    "drop_pair",
    "end_calendar",
    "found_group",
    "found_project",
    "give_receipt",
    "import_bank",
    "import_groups",
    "join",
    "leave",
    "name_officer",
    "note_activity",
    "note_present",
    "open_package",
    "plan_meeting",
    "propose_pair",
    "raise_proposal",
    "remove_photo",
    "renew_calendar",
    "review_goal",
    "say_strengths",
    "set_dues",
    "show_evidence",
    "take_up",
    "write_minutes",
    "write_pre_plan",
]
