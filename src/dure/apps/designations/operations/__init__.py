"""Everything that changes registers of designations."""

from dure.apps.designations.operations.importing import (
    CHECK,
    IMPORT,
    check_entries,
    import_entries,
)
from dure.apps.designations.operations.stepping import lapse, open_entry, remind, take

__all__ = [
    "CHECK",
    "IMPORT",
    "check_entries",
    "import_entries",
    "lapse",
    "open_entry",
    "remind",
    "take",
]
