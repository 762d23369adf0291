"""Rooms in words: the register with what may be done, and bookings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.ndas.permissions import may_hand_over
from dure.apps.people.queries import Reader
from dure.apps.rooms import permissions, queries
from dure.apps.rooms.kinds import place_of
from dure.apps.rooms.models import Booking, Item, Room
from dure.apps.rooms.stages import BookingStage, ItemStage, RoomStage
from dure.foundation.ui.listing import Sheet

ROOM_TONES = {RoomStage.OPEN: "success"}


def rooms_sheet(rooms: Iterable[Room]) -> Sheet:
    """The rooms as a workbook."""
    headers = [_("Room"), _("Asks"), _("Offers"), _("Status"), _("Opened")]
    rows = [
        [
            room.title,
            str(room.demand),
            str(room.supply),
            room.get_stage_display(),
            localtime(room.created_at),
        ]
        for room in rooms
    ]
    return {"title": _("Rooms"), "headers": headers, "rows": rows}


def register_of(reader: Reader, room: Room, now: datetime) -> list[dict[str, Any]]:
    """The register, the oldest first, with what `reader` may do with each line."""
    return [_line(reader, room, item, now) for item in queries.register_of(reader, room)]


def _line(reader: Reader, room: Room, item: Item, now: datetime) -> dict[str, Any]:
    gate = None
    if item.stage == ItemStage.HELD:
        other = room.other_than(item.side)
        gate = may_hand_over(reader, item.side, other, is_secret=True, at=now)
    return {
        "item": item,
        "receiver": room.other_than(item.side),
        "may_confirm": bool(permissions.may_confirm(reader, item)),
        "may_release": bool(permissions.may_release(reader, item)),
        "missing": gate.reason if gate is not None and not gate else None,
    }


def bookings_of(reader: Reader, bookings: Iterable[Booking], now: datetime) -> list[dict[str, Any]]:
    """Bookings with their place, their times and whether they may be given back."""
    return [
        {
            "booking": booking,
            "place": place_of(booking.place) or booking.place,
            "tone": "success" if booking.stage == BookingStage.BOOKED else "",
            "may_cancel": bool(permissions.may_cancel(reader, booking))
            and booking.during.upper > now,
        }
        for booking in bookings
    ]


def bookings_sheet(bookings: Iterable[Booking]) -> Sheet:
    """Bookings as a workbook."""
    headers = [_("Place"), _("From"), _("Until"), _("What for"), _("Organisation"), _("Status")]
    rows = [
        [
            str(place_of(booking.place) or booking.place),
            localtime(booking.during.lower),
            localtime(booking.during.upper),
            booking.title,
            str(booking.organisation),
            booking.get_stage_display(),
        ]
        for booking in bookings
    ]
    return {"title": _("Bookings of rooms"), "headers": headers, "rows": rows}
