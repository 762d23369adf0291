"""Opening a room from a link of the chain, and closing it."""

from datetime import datetime

from django.db import transaction

from dure.apps.catalog.models import Need, Technology
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.people.models import User
from dure.apps.records.operations import record as record_act
from dure.apps.rooms import kinds, permissions, queries
from dure.apps.rooms.models import Room
from dure.apps.rooms.operations.telling import tell_side
from dure.apps.rooms.reasons import Reason
from dure.apps.rooms.stages import RoomStage
from dure.foundation.advisory_lock import in_turn
from dure.foundation.verdict import Refused


@transaction.atomic
def open_room(
    *,
    need: Need,
    technology: Technology,
    introduction: Introduction | None = None,
    record: ConsultationRecord | None = None,
    by: User,
    at: datetime,
) -> Room:
    """Open the room of a need and a technology; the one that is open already where there is one.

    `introduction` or `record` is the link of the chain from which it is opened. The other side is told.
    Raises Refused.
    """
    demand, supply = need.organisation, technology.organisation
    permissions.may_open_room(by, demand, supply).require()
    in_turn("rooms", f"{need.pk}-{technology.pk}")
    if open_now := queries.open_room_of(need, technology):
        return open_now
    made = Room.objects.create(
        title=need.title,
        demand=demand,
        supply=supply,
        need=need,
        technology=technology,
        introduction=introduction,
        record=record,
        created_by=by,
        created_at=at,
    )
    content = {
        "need": f"need:{need.pk}",
        "technology": f"technology:{technology.pk}",
        "introduction": f"introduction:{introduction.pk}" if introduction else None,
        "consultation": f"consultation:{record.pk}" if record else None,
    }
    record_act(
        kind=kinds.OPENED,
        about=f"room:{made.pk}",
        content=content,
        parties=made.sides,
        by=by,
        at=at,
    )
    side = queries.own_side(by, made) or demand
    tell_side(made, made.other_than(side), "OPENED", other=side, at=at)
    return made


@transaction.atomic
def close(*, room: Room, by: User, at: datetime) -> Room:
    """Close a room; nothing more is entered, and what is held is never handed over. Raises Refused."""
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    permissions.may_close(by, room).require()
    room.stage, room.closed_by, room.closed_at = RoomStage.CLOSED, by, at
    room.save(update_fields=["stage", "closed_by", "closed_at"])
    content = {"entries": room.items.count()}
    about = f"room:{room.pk}"
    record_act(kind=kinds.CLOSED, about=about, content=content, parties=room.sides, by=by, at=at)
    side = queries.own_side(by, room)
    if side is None:
        raise Refused(Reason.NOT_A_SIDE)
    tell_side(room, room.other_than(side), "CLOSED", other=side, at=at)
    return room
