"""The lives of a room, of what is entered in it and of a booking. Their diagrams are made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomStage(TextChoices):
    """An online room."""

    OPEN = "OPEN", pgettext_lazy("room", "Open")
    CLOSED = "CLOSED", pgettext_lazy("room", "Closed")


class ItemStage(TextChoices):
    """What was entered: held while a paper is missing, else there for both."""

    HELD = "HELD", _("Held until the papers are there")
    SHOWN = "SHOWN", _("There for both sides")


class BookingStage(TextChoices):
    """A room at a place, taken for a time."""

    BOOKED = "BOOKED", _("Booked")
    CANCELLED = "CANCELLED", _("Cancelled")


ROOM_NEXT = {RoomStage.OPEN: {RoomStage.CLOSED}, RoomStage.CLOSED: set()}
ITEM_NEXT = {ItemStage.HELD: {ItemStage.SHOWN}, ItemStage.SHOWN: set()}
BOOKING_NEXT = {BookingStage.BOOKED: {BookingStage.CANCELLED}, BookingStage.CANCELLED: set()}
