"""Everything that changes rooms, their registers and bookings."""

from dure.apps.rooms.operations.booking import book, cancel
from dure.apps.rooms.operations.entering import NewItem, confirm, enter, release
from dure.apps.rooms.operations.files import (
    begin_upload,
    open_file,
    open_large,
    purpose_of,
    read_mark,
)
from dure.apps.rooms.operations.opening import close, open_room

__all__ = [
    "NewItem",
    "begin_upload",
    "book",
    "cancel",
    "close",
    "confirm",
    "enter",
    "open_file",
    "open_large",
    "open_room",
    "purpose_of",
    "read_mark",
    "release",
]
