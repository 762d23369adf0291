"""What every import of a spreadsheet shares: the file, its check, its report, whose a row is."""

from dure.apps.imports.operations.finding import organisation_finder
from dure.apps.imports.operations.reading import read_list
from dure.apps.imports.operations.uploads import (
    confirm_upload,
    forget_uploads,
    keep_upload,
    take_upload,
    why_not_confirmed,
)

__all__ = [
    "confirm_upload",
    "forget_uploads",
    "keep_upload",
    "organisation_finder",
    "read_list",
    "take_upload",
    "why_not_confirmed",
]
