"""A room of the cast, and what stands in it."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.rooms.models import Item, Room
from dure.apps.rooms.operations import NewItem, enter, open_room
from dure.foundation.paper import pdf
from tests.cast import Cast


def room(cast: Cast) -> Room:
    """The buyer and the supplier in a room, opened by the supplier from their introduction."""
    made = cast.introduction()
    return open_room(
        need=made.need, technology=made.technology, introduction=made, by=cast["supplier"],
        at=timezone.now(),
    )  # fmt: skip


def room_item(
    cast: Cast, room: Room, kind: str, *, who: str = "supplier", names: Any = (), **more: Any
) -> Item:
    """A line that somebody enters, with a PDF of each name."""
    content = pdf("<html lang='ko'><title>x</title><body><p>밸브 치수 7731</p></body></html>")
    line = {"text": "밸브 도면", "said_on": timezone.localdate(), "purpose": "공동 개발 검토"}
    return enter(
        room=room, item=NewItem(kind=kind, **line | more),
        files=[ContentFile(content, name) for name in names], by=cast[who], at=timezone.now(),
    )  # fmt: skip
