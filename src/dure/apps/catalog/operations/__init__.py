"""Everything that changes needs and technologies."""

from dure.apps.catalog.operations.agreements import ask_for_details, ask_in_writing, note_access
from dure.apps.catalog.operations.documents import (
    enter_from_document,
    enter_technology_from_document,
)
from dure.apps.catalog.operations.entries import (
    add_attachment,
    edit,
    enter,
    move,
    publish,
    refill_search,
    remove_attachment,
    return_to_owner,
    submit,
    unpublish,
    withdraw,
)
from dure.apps.catalog.operations.importing import (
    check_sheet,
    import_sheet,
)
from dure.apps.catalog.operations.merging import (
    answer_duplicate,
    find_duplicates,
    merge,
    reopen_duplicate,
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
    "answer_duplicate",
    "ask_for_details",
    "ask_in_writing",
    "check_sheet",
    "confirm_import",
    "delete_search",
    "edit",
    "enter",
    "enter_from_document",
    "enter_technology_from_document",
    "find_duplicates",
    "import_sheet",
    "merge",
    "move",
    "note_access",
    "publish",
    "refill_search",
    "remove_attachment",
    "rename_search",
    "reopen_duplicate",
    "return_to_owner",
    "save_search",
    "similar_needs",
    "submit",
    "take_searches",
    "take_upload",
    "unpublish",
    "withdraw",
]
