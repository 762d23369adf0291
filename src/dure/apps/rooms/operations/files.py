"""Files of a room: checked, encrypted, opened as a copy that carries the mark of its reader."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localtime

from dure.apps.people.models import User
from dure.apps.people.queries import Reader
from dure.apps.rooms import permissions, queries
from dure.apps.rooms.models import MARKED, FileView, Item, Room, RoomFile, ViewWay
from dure.apps.rooms.reasons import Reason
from dure.apps.uploads import operations as uploads
from dure.apps.uploads.models import Upload
from dure.apps.uploads.queries import whole
from dure.foundation import sealing
from dure.foundation.files import clean_name, is_what_it_says
from dure.foundation.paper import CannotMark, can_be_marked, marked, marks_in
from dure.foundation.pieces import Pieces
from dure.foundation.scanning import Scan, scan
from dure.foundation.tus import Announced
from dure.foundation.verdict import Refused

MOST_FILES = 10
PREFIX = "DURE-"


@dataclass(frozen=True, slots=True)
class Content:
    """A file that may be kept."""

    name: str
    content: bytes
    scan: str


def checked(files: Sequence[File], large: Sequence[Upload] = ()) -> list[Content]:
    """The files that may be kept whole, those of `large` too of which copies are marked. Raises Refused."""
    if len(files) + len(large) > MOST_FILES:
        raise Refused(Reason.TOO_MANY_FILES)
    to_mark = [_to_mark(upload) for upload in large if _ending(upload.name) in MARKED]
    return [*map(_checked, files), *to_mark]


def keep(item: Item, content: Content) -> RoomFile:
    """Encrypt a file under a key of its own and keep it; nothing readable of it reaches a disk."""
    file = RoomFile(
        item=item,
        name=content.name,
        size=len(content.content),
        sha256=hashlib.sha256(content.content).hexdigest(),
        stored_as=uuid4(),
        scan=content.scan,
    )
    locked, key = sealing.lock_file(content.content, _about(file))
    file.locked_key = sealing.lock(key.encode(), _about(file))
    path = _path(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(locked)
    file.save()
    return file


def keep_large(item: Item, upload: Upload, by: User) -> None:
    """Make a large upload a file of an entry: it stays in its pieces, or becomes a file that can be marked.

    Raises Refused.
    """
    if _ending(upload.name) in MARKED:  # `checked` has read it
        uploads.discard(upload=upload, by=by)
        return
    kept = uploads.keep(upload=upload, purpose=purpose_of(item.room), by=by)
    RoomFile.objects.create(
        item=item,
        name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
        stored_as=kept.pk,
        upload=kept,
        scan=kept.scan,
    )


def arrived(large: Sequence[Upload], room: Room, by: User) -> list[Upload]:
    """The large uploads as they are now: somebody's own, whole, sent for this room. Raises Refused."""
    arrived_files = list(whole(by, purpose_of(room)).filter(pk__in=[upload.pk for upload in large]))
    if len(arrived_files) != len(large):
        raise Refused(Reason.FILE_GONE)
    return arrived_files


def purpose_of(room: Room) -> str:
    """For which page large files of a room are sent."""
    return f"room:{room.pk}"


def begin_upload(*, room: Room, announced: Announced, by: User, at: datetime) -> Upload:
    """Take note of a large file that somebody is about to send for a room. Raises Refused."""
    permissions.may_enter(by, room).require()
    if _ending(announced.name) in MARKED and announced.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.TOO_LARGE_TO_MARK)
    return uploads.begin(announced=announced, purpose=purpose_of(room), by=by, at=at)


@transaction.atomic
def open_large(*, file: RoomFile, by: User, at: datetime) -> Pieces:
    """A large file for somebody, piece by piece and unmarked; kept for both sides to see. Raises Refused."""
    permissions.may_open_file(by, file).require()
    if file.upload is None:
        raise Refused(Reason.FILE_GONE)
    pieces = uploads.contents_of(file.upload)
    if not pieces.is_there:
        raise Refused(Reason.FILE_GONE)
    _note(file, ViewWay.DOWNLOAD, by, at)
    return pieces


@transaction.atomic
def open_file(*, file: RoomFile, way: str, by: User, at: datetime) -> bytes:
    """A copy of a file for somebody, kept for both sides to see; a PDF or picture carries its reader's mark.

    Raises Refused, also for one that should carry a mark and cannot be marked.
    """
    permissions.may_open_file(by, file).require()
    try:
        key = sealing.unlock(file.locked_key, _about(file)).decode()
        content = sealing.unlock_file(_path(file).read_bytes(), key, _about(file))
    except (OSError, sealing.Unreadable) as error:
        raise Refused(Reason.FILE_GONE) from error
    view = _note(file, way, by, at)
    if not file.is_marked:
        return content
    when = localtime(at).strftime("%Y-%m-%d %H:%M")
    try:
        return marked(content, f"{view.code} {view.side.name} {by} {by.email} {when}", view.code)
    except CannotMark as error:
        raise Refused(Reason.PDF_UNREADABLE) from error


def read_mark(*, content: bytes, reader: Reader) -> FileView | None:
    """Whose copy a file is, by the mark on its pages; None where no mark of one's own rooms is found."""
    codes = marks_in(content, PREFIX)
    return queries.views_visible_to(reader).filter(code__in=codes).first()


def _note(file: RoomFile, way: str, by: User, at: datetime) -> FileView:
    """Keep for both sides that somebody opened a file."""
    return FileView.objects.create(
        file=file,
        reader=by,
        side=queries.own_side(by, file.item.room),
        way=way,
        code=PREFIX + secrets.token_hex(6).upper(),
        at=at,
    )


def _to_mark(upload: Upload) -> Content:
    """A large upload as a file of which copies are marked."""
    if upload.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.TOO_LARGE_TO_MARK)
    content = b"".join(uploads.contents_of(upload))
    if not can_be_marked(content):
        raise Refused(Reason.PDF_UNREADABLE)
    return Content(upload.name, content, upload.scan)


def _ending(name: str) -> str:
    return name.lower().rpartition(".")[2]


def _checked(file: File) -> Content:
    name = clean_name(file.name or "")
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    content = file.read()
    if not content:
        raise Refused(Reason.FILE_EMPTY)
    if not is_what_it_says(name, BytesIO(content)):
        raise Refused(Reason.FILE_NOT_ALLOWED)
    if _ending(name) in MARKED and not can_be_marked(content):
        raise Refused(Reason.PDF_UNREADABLE)
    result = scan(BytesIO(content))
    if result is Scan.INFECTED:
        raise Refused(Reason.FILE_INFECTED)
    return Content(name, content, result.value)


def _path(file: RoomFile) -> Path:
    return Path(settings.MEDIA_ROOT) / "rooms" / file.stored_as.hex


def _about(file: RoomFile) -> str:
    return f"room file {file.stored_as.hex}"
