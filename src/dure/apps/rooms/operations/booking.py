"""Booking a room at a place; the database itself lets no two bookings overlap."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from dure.apps.people.models import Organisation, User
from dure.apps.rooms import permissions
from dure.apps.rooms.kinds import place_of
from dure.apps.rooms.models import Booking, Room
from dure.apps.rooms.reasons import Reason
from dure.apps.rooms.stages import BookingStage
from dure.foundation.verdict import Refused

LONGEST = timedelta(hours=8)


@transaction.atomic
def book(
    *,
    place: str,
    organisation: Organisation,
    room: Room | None = None,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by: User,
    at: datetime,
) -> Booking:
    """Take the room at a place from `starts_at` until before `ends_at`. Raises Refused."""
    permissions.may_book(by, organisation).require()
    if place_of(place) is None:
        raise Refused(Reason.UNKNOWN_PLACE)
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise Refused(Reason.TIME_WRONG)
    if starts_at <= at:
        raise Refused(Reason.IN_THE_PAST)
    if room is not None:
        permissions.may_enter(by, room).require()
    try:
        with transaction.atomic():
            return Booking.objects.create(
                place=place,
                organisation=organisation,
                room=room,
                title=title.strip(),
                during=(starts_at, ends_at),
                created_by=by,
                created_at=at,
            )
    except IntegrityError as error:
        if "one_booking_at_a_time" not in str(error):
            raise
        raise Refused(Reason.TAKEN) from error


@transaction.atomic
def cancel(*, booking: Booking, by: User, at: datetime) -> Booking:
    """Give a booked room back; the time is free for others at once. Raises Refused."""
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    permissions.may_cancel(by, booking).require()
    if booking.during.upper <= at:
        raise Refused(Reason.IN_THE_PAST)
    booking.stage = BookingStage.CANCELLED
    booking.save(update_fields=["stage"])
    return booking
