"""Everything that changes needs and technologies."""

from dure.apps.catalog.operations.agreements import ask_for_details, note_readings
from dure.apps.catalog.operations.documents import enter_from_document
from dure.apps.catalog.operations.entries import (
    add_attachment,
    edit,
    enter,
    hand_in,
    move,
    publish,
    refill_search,
    remove_attachment,
    return_to_owner,
    unpublish,
    withdraw,
)
from dure.apps.catalog.operations.importing import (
    check_sheet,
    import_sheet,
)
from dure.apps.catalog.operations.merging import (
    answer_resemblance,
    find_resemblances,
    merge,
    similar_needs,
)
from dure.apps.catalog.operations.searches import (
    delete_search,
    rename_search,
    save_search,
    take_searches,
)
from dure.apps.catalog.operations.uploads import (
    confirm_import,
    take_upload,
)

__all__ = [
    "add_attachment",
    "answer_resemblance",
    "ask_for_details",
    "check_sheet",
    "confirm_import",
    "delete_search",
    "edit",
    "enter",
    "enter_from_document",
    "find_resemblances",
    "hand_in",
    "import_sheet",
    "merge",
    "move",
    "note_readings",
    "publish",
    "refill_search",
    "remove_attachment",
    "rename_search",
    "return_to_owner",
    "save_search",
    "similar_needs",
    "take_searches",
    "take_upload",
    "unpublish",
    "withdraw",
]
