"""Who may do what in rooms."""

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.rooms.models import Booking, Item, Room, RoomFile
from dure.apps.rooms.queries import own_side
from dure.apps.rooms.reasons import Reason
from dure.apps.rooms.roles import READERS
from dure.apps.rooms.stages import BookingStage, ItemStage, RoomStage
from dure.foundation.verdict import YES, Verdict


def may_use_rooms(user: Reader) -> Verdict:
    """Have rooms at all: people of organisations."""
    return YES if roles_of(user).organisations else Verdict(Reason.NOT_A_SIDE)


def may_see_bookings(user: Reader) -> Verdict:
    """See bookings of rooms at places."""
    roles = roles_of(user)
    is_one = roles.organisations or roles.holds(READERS)
    return YES if is_one else Verdict(Reason.NOT_A_SIDE)


def may_open_room(user: Reader, demand: Organisation, supply: Organisation) -> Verdict:
    """Open a room between two, for either of them."""
    if demand.pk == supply.pk:
        return Verdict(Reason.ONE_SIDE)
    if not {demand.pk, supply.pk} & roles_of(user).organisations:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if demand.verified_at and supply.verified_at else Verdict(Reason.NOT_VERIFIED)


def may_enter(user: Reader, room: Room) -> Verdict:
    """Enter something in the register of a room."""
    if own_side(user, room) is None:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if room.stage == RoomStage.OPEN else Verdict(Reason.ROOM_CLOSED)


def may_close(user: Reader, room: Room) -> Verdict:
    """Close a room; what is in it stays to be read."""
    if not {room.demand_id, room.supply_id} & roles_of(user).managed:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if room.stage == RoomStage.OPEN else Verdict(Reason.ROOM_CLOSED)


def may_confirm(user: Reader, item: Item) -> Verdict:
    """Say for the other side that it was so."""
    side = own_side(user, item.room)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    if side.pk == item.side_id:
        return Verdict(Reason.OWN_ENTRY)
    if not item.wants_confirmation:
        return Verdict(Reason.NOTHING_TO_CONFIRM)
    return Verdict(Reason.CONFIRMED_ALREADY) if item.confirmed_at else YES


def may_release(user: Reader, item: Item) -> Verdict:
    """Hand over what was held, once the papers are there; the gate of agreements says whether."""
    if item.side_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_OURS)
    if item.stage != ItemStage.HELD:
        return Verdict(Reason.NOT_HELD)
    return YES if item.room.stage == RoomStage.OPEN else Verdict(Reason.ROOM_CLOSED)


def may_open_file(user: Reader, file: RoomFile) -> Verdict:
    """Open a file of what one sees; one's own always, the other side's once it is handed over."""
    side = own_side(user, file.item.room)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    is_own = file.item.side_id == side.pk
    return YES if is_own or file.item.stage == ItemStage.SHOWN else Verdict(Reason.NOT_A_SIDE)


def may_book(user: Reader, organisation: Organisation) -> Verdict:
    """Book a room at a place for an organisation of one's own."""
    is_own = organisation.pk in roles_of(user).verified
    return YES if is_own else Verdict(Reason.NOT_VERIFIED)


def may_cancel(user: Reader, booking: Booking) -> Verdict:
    """Give a booked room back: who booked it, or the office."""
    roles = roles_of(user)
    if booking.organisation_id not in roles.organisations and not roles.is_officer:
        return Verdict(Reason.NOT_OURS)
    return YES if booking.stage == BookingStage.BOOKED else Verdict(Reason.STAGE_CLOSED)
