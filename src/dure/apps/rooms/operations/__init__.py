"""Everything that changes rooms, their registers and bookings."""

from dure.apps.rooms.operations.booking import book, cancel
from dure.apps.rooms.operations.entering import NewItem, confirm, enter, release
from dure.apps.rooms.operations.files import open_file, read_mark
from dure.apps.rooms.operations.opening import close, open_room

__all__ = [
    "NewItem",
    "book",
    "cancel",
    "close",
    "confirm",
    "enter",
    "open_file",
    "open_room",
    "read_mark",
    "release",
]
