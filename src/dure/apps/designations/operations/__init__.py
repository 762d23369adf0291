"""Everything that changes registers of designations."""

from dure.apps.designations.operations.importing import (
    CHECK,
    IMPORT,
    check_entries,
    confirm_upload,
    import_entries,
    take_upload,
)
from dure.apps.designations.operations.stepping import lapse, open_entry, remind, take

__all__ = [
    "CHECK",
    "IMPORT",
    "check_entries",
    "confirm_upload",
    "import_entries",
    "lapse",
    "open_entry",
    "remind",
    "take",
    "take_upload",
]
