"""A room with a held file, minutes and a booking, for the test of routes."""

from datetime import timedelta

from django.utils import timezone

from dure.apps.catalog.models import Need, Technology
from dure.apps.introductions.models import Introduction
from dure.apps.rooms import operations
from dure.apps.rooms.models import Room


def things(cast, world):
    now = timezone.now()
    introduction = Introduction.objects.select_related("need", "technology").first()
    need = introduction.need if introduction else Need.objects.get(pk=world["need_id"])
    technology = (
        introduction.technology
        if introduction
        else Technology.objects.get(pk=world["technology_id"])
    )
    room: Room = operations.open_room(
        need=need, technology=technology, introduction=introduction, by=cast["supplier"], at=now
    )
    held = cast.room_item(room, "HAND_OVER", names=["도면.pdf"], is_secret=True)
    minutes = cast.room_item(room, "MINUTES")
    shown = cast.room_item(room, "PROPOSAL", names=["제안.pdf"])
    begins = now + timedelta(days=3)
    booking = operations.book(
        place="busan", organisation=cast.supplier, room=room, title="첫 만남", starts_at=begins,
        ends_at=begins + timedelta(hours=2), by=cast["supplier"], at=now,
    )  # fmt: skip
    return {
        "rooms:": room.pk,
        "rooms:release": held.pk,
        "rooms:confirm": minutes.pk,
        "rooms:open_file": shown.files.get().pk,
        "rooms:cancel": booking.pk,
    }
