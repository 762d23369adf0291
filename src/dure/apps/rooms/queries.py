"""Who sees which room, what in it, and who booked which room at a place."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from dure.apps.catalog.models import Need, Technology
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.queries import records_visible_to
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.matches.models import Answer, AnswerKind
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.rooms.models import Booking, FileView, Item, Room, RoomFile
from dure.apps.rooms.roles import READERS
from dure.apps.rooms.stages import BookingStage, ItemStage


def rooms_visible_to(user: Reader) -> QuerySet[Room]:
    """The rooms of one's own organisations, the newest first; no role opens any other."""
    own = roles_of(user).organisations
    rooms = Room.objects.filter(Q(demand__in=own) | Q(supply__in=own))
    return rooms.select_related("demand", "supply").order_by("-created_at", "-pk")


def items_visible_to(user: Reader) -> QuerySet[Item]:
    """What stands in the registers of one's own rooms; what is held, for its own side alone."""
    own = roles_of(user).organisations
    items = Item.objects.filter(Q(room__demand__in=own) | Q(room__supply__in=own))
    items = items.filter(Q(stage=ItemStage.SHOWN) | Q(side__in=own))
    return items.select_related("room__demand", "room__supply", "side").order_by("created_at", "pk")


def register_of(user: Reader, room: Room) -> QuerySet[Item]:
    """The register of a room with files and who opened them, the oldest first."""
    views = FileView.objects.select_related("reader", "side").order_by("-at", "-pk")
    files = RoomFile.objects.order_by("pk").prefetch_related(Prefetch("views", views))
    items = items_visible_to(user).filter(room=room)
    related = items.select_related("created_by", "confirmed_by", "answers", "exchange__nda", "side")
    return related.prefetch_related(Prefetch("files", files))


def files_visible_to(user: Reader) -> QuerySet[RoomFile]:
    """The files of what one sees."""
    files = RoomFile.objects.filter(item__in=items_visible_to(user).order_by())
    return files.select_related("item__room__demand", "item__room__supply", "item__side", "upload")


def views_visible_to(user: Reader) -> QuerySet[FileView]:
    """Who opened the files that one sees, by either side."""
    views = FileView.objects.filter(file__in=files_visible_to(user).order_by())
    return views.select_related("reader", "side", "file__item__room").order_by("-at", "-pk")


def bookings_visible_to(user: Reader) -> QuerySet[Booking]:
    """Bookings of one's own organisations and those of one's rooms; all for `roles.READERS`."""
    bookings = Booking.objects.select_related("organisation", "room", "created_by")
    roles = roles_of(user)
    if not roles.holds(READERS):
        own = roles.organisations
        bookings = bookings.filter(
            Q(organisation__in=own) | Q(room__demand__in=own) | Q(room__supply__in=own)
        )
    return bookings.order_by("-during", "-pk")


def taken(since: datetime, until: datetime) -> QuerySet[Booking]:
    """When rooms are taken between two moments, whoever has them: only place and time are for all."""
    booked = Booking.objects.filter(stage=BookingStage.BOOKED, during__overlap=(since, until))
    return booked.order_by("during", "pk")


def introduction_for(user: Reader, pk: int) -> Introduction | None:
    """An introduction of one's own from which a room may be opened."""
    return introductions_visible_to(user).filter(pk=pk).first()


def record_for(user: Reader, pk: int) -> ConsultationRecord | None:
    """A consultation of one's own from which a room may be opened."""
    records = records_visible_to(user).filter(pk=pk)
    return records.select_related("pair", "introduction").first()


def answered_pairs(user: Reader) -> QuerySet[Answer]:
    """Of matches with one's own need or technology: the answers that said «interested»."""
    own = roles_of(user).organisations
    return Answer.objects.filter(
        Q(need__organisation__in=own) | Q(technology__organisation__in=own),
        kind=AnswerKind.INTERESTED,
    )


def match_for(user: Reader, need_id: int, technology_id: int) -> tuple[Need, Technology] | None:
    """The two of a match of one's own that both sides answered «interested»."""
    answers = answered_pairs(user).filter(need=need_id, technology=technology_id)
    both_answers = list(answers.select_related("need__organisation", "technology__organisation"))
    if len({answer.side for answer in both_answers}) < len(("DEMAND", "SUPPLY")):
        return None
    return both_answers[0].need, both_answers[0].technology


def open_room_of(need: Need | None, technology: Technology | None) -> Room | None:
    """The open room of a pair, if there is one."""
    if need is None or technology is None:
        return None
    return Room.objects.filter(need=need, technology=technology, closed_at=None).first()


def own_side(user: Reader, room: Room) -> Organisation | None:
    """For which side of a room somebody speaks; None for a stranger."""
    own = roles_of(user).organisations
    return next((side for side in room.sides if side.pk in own), None)


def is_of(user: Reader, organisation: Organisation) -> bool:
    """Whether somebody belongs to an organisation."""
    return organisation.pk in roles_of(user).organisations
