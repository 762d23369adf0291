"""Telling the people of a side what happened in a room."""

from datetime import datetime

from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation
from dure.apps.people.queries import people_of
from dure.apps.rooms.models import Room
from dure.apps.rooms.notices import room_moved


def tell_side(
    room: Room, side: Organisation, what: str, *, other: Organisation, at: datetime
) -> None:
    """Tell the people of `side` what `other` did."""
    facts = {"what": what, "title": room.title, "organisation": other.name}
    url = room.get_absolute_url()
    tell(recipients=people_of(side), kind=room_moved, facts=facts, url=url, at=at)
