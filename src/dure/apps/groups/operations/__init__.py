"""Everything that changes exchange groups."""

from dure.apps.groups.operations.acting import add_goal, note_activity, review_goal
from dure.apps.groups.operations.belonging import found_group, join, leave, name_officer
from dure.apps.groups.operations.surveying import (
    CHECK,
    IMPORT,
    check_groups,
    confirm_upload,
    import_groups,
    take_upload,
)

__all__ = [
    "CHECK",
    "IMPORT",
    "add_goal",
    "check_groups",
    "confirm_upload",
    "found_group",
    "import_groups",
    "join",
    "leave",
    "name_officer",
    "note_activity",
    "review_goal",
    "take_upload",
]
