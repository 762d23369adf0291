"""Lines of a room's register: entered by one side, held while papers are missing, confirmed by the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.ndas.kinds import HandOver
from dure.apps.ndas.operations import register_exchange
from dure.apps.ndas.permissions import may_hand_over
from dure.apps.people.models import Organisation, User
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.apps.rooms import kinds, permissions, queries
from dure.apps.rooms.kinds import ItemKind, Way
from dure.apps.rooms.models import Item, Room
from dure.apps.rooms.operations.files import arrived, checked, keep, keep_large
from dure.apps.rooms.operations.telling import tell_side
from dure.apps.rooms.reasons import Reason
from dure.apps.rooms.stages import ItemStage
from dure.apps.uploads.models import Upload
from dure.foundation import sealing
from dure.foundation.verdict import Refused

WITH_PURPOSE = (ItemKind.REQUEST, ItemKind.HAND_OVER)
"""What names a purpose: who asks for something or gives it says for what."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is entered. `said_on` is the day on which it happened, `answers` what it is an answer to."""

    kind: str
    text: str
    said_on: date
    way: str = Way.PLATFORM
    purpose: str = ""
    is_secret: bool = False
    answers: Item | None = None


@transaction.atomic
def enter(
    *,
    room: Room,
    item: NewItem,
    files: Sequence[File] = (),
    large: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Item:
    """Enter a line in the register, sealed in the same transaction. Raises Refused.

    `large` are files that came in pieces beforehand.

    Technical data kept secret, in files or in words, reaches the other side only where the papers of the
    law are there (`ndas.permissions.may_hand_over`); until then the line is held and only its own side
    sees it.
    """
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    permissions.may_enter(by, room).require()
    side = queries.own_side(by, room)
    _whole(item, [*files, *large], localdate(at))
    large = arrived(large, room, by)
    contents = checked(files, large)
    reaches_them = bool(contents) or bool(large) or item.way == Way.PLATFORM
    is_held = item.is_secret and reaches_them and not _gate(room, side, by, at)
    made = Item.objects.create(
        room=room,
        side=side,
        stage=ItemStage.HELD if is_held else ItemStage.SHOWN,
        kind=item.kind,
        way=item.way,
        said_on=item.said_on,
        text=item.text.strip(),
        purpose=item.purpose.strip(),
        is_secret=item.is_secret,
        answers=item.answers,
        created_by=by,
        created_at=at,
    )
    for content in contents:
        keep(made, content)
    for upload in large:
        keep_large(made, upload, by)
    _register(made, by, at)
    _record(made, kinds.ENTERED, by, at)
    if not is_held:
        tell_side(room, room.other_than(side), made.kind, other=side, at=at)
    return made


@transaction.atomic
def release(*, item: Item, by: User, at: datetime) -> Item:
    """Hand over what was held, now that the papers are there. Raises Refused, with what is missing."""
    room = Room.objects.select_for_update(of=("self",)).get(pk=item.room_id)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    permissions.may_release(by, item).require()
    _gate(room, item.side, by, at).require()
    item.stage = ItemStage.SHOWN
    _register(item, by, at)
    item.save(update_fields=["stage", "exchange"])
    _record(item, kinds.RELEASED, by, at)
    tell_side(room, room.other_than(item.side), item.kind, other=item.side, at=at)
    return item


@transaction.atomic
def confirm(*, item: Item, by: User, at: datetime) -> Item:
    """Say for the other side that it was so: minutes, and what happened outside the room. Raises Refused."""
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    permissions.may_confirm(by, item).require()
    item.confirmed_by, item.confirmed_at = by, at
    item.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(item, kinds.CONFIRMED, by, at)
    room = item.room
    tell_side(room, item.side, "CONFIRMED", other=room.other_than(item.side), at=at)
    return item


def _gate(room: Room, side: Organisation, by: User, at: datetime):
    """Whether material that `side` keeps secret may reach the other one now."""
    return may_hand_over(by, side, room.other_than(side), is_secret=True, at=at)


def _whole(item: NewItem, files: Sequence[object], today: date) -> None:
    """Whether nothing is missing. Raises Refused."""
    if not item.text.strip():
        raise Refused(Reason.TEXT_MISSING)
    if item.kind in WITH_PURPOSE and not item.purpose.strip():
        raise Refused(Reason.PURPOSE_MISSING)
    if item.said_on > today:
        raise Refused(Reason.DAY_TO_COME)
    if item.kind == ItemKind.HAND_OVER and item.way == Way.PLATFORM and not files:
        raise Refused(Reason.FILES_MISSING)


def _register(item: Item, by: User, at: datetime) -> None:
    """Put a hand-over into the register of exchanges, with the agreement that covered it."""
    files = list(item.files.all())
    is_here = bool(files) or item.way == Way.PLATFORM
    is_given = bool(files) or item.kind == ItemKind.HAND_OVER or (item.is_secret and is_here)
    if item.stage == ItemStage.HELD or not is_given:
        return
    ways = {Way.MEETING: HandOver.MEETING, Way.MAIL: HandOver.MAIL}
    item.exchange = register_exchange(
        disclosing_party=item.side,
        receiving_party=item.room.other_than(item.side),
        material=(files[0].name if files else item.text)[:300],
        # Files lie in the room, however they were shown first.
        way=HandOver.PLATFORM if is_here else ways.get(Way(item.way), HandOver.OTHER),
        handed_on=localdate(at) if is_here else item.said_on,
        is_secret=item.is_secret,
        note=item.purpose,
        files=[FileHash(file.name, file.sha256) for file in files],
        by=by,
        at=at,
    )
    item.save(update_fields=["exchange"])


def _record(item: Item, kind: RecordKind, by: User, at: datetime) -> None:
    room = item.room
    receiver = room.other_than(item.side)
    content = {
        "room": f"room:{room.pk}",
        "entry": item.pk,
        "what": item.kind,
        "way": item.way,
        "said_on": item.said_on.isoformat(),
        "stage": item.stage,
        "said_by": f"organisation:{item.side_id}",
        "receiver": f"organisation:{receiver.pk}",
        "purpose": item.purpose,
        "is_secret": item.is_secret,
        "by_one_side": item.wants_confirmation and item.confirmed_at is None,
        "answers": item.answers_id,
        "exchange": item.exchange_id,
        "words_sha256": sealing.digest(item.text),
    }
    files = [FileHash(file.name, file.sha256) for file in item.files.all()]
    about = f"room:{room.pk}"
    record(kind=kind, about=about, content=content, files=files, parties=room.sides, by=by, at=at)
