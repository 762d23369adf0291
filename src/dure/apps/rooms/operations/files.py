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
from dure.apps.rooms.models import MARKED, FileView, Item, RoomFile
from dure.apps.rooms.reasons import Reason
from dure.foundation import sealing
from dure.foundation.files import clean_name, is_what_it_says
from dure.foundation.paper import CannotMark, can_be_marked, marked, marks_in
from dure.foundation.scanning import Scan, scan
from dure.foundation.verdict import Refused

MOST_FILES = 10
PREFIX = "DURE-"


@dataclass(frozen=True, slots=True)
class Content:
    """A file that may be kept."""

    name: str
    content: bytes
    scan: Scan


def checked(files: Sequence[File]) -> list[Content]:
    """The files that may be kept. Raises Refused, naming the one that may not."""
    if len(files) > MOST_FILES:
        raise Refused(Reason.TOO_MANY_FILES)
    return [_checked(file) for file in files]


def keep(item: Item, one: Content) -> RoomFile:
    """Encrypt a file under a key of its own and keep it; nothing readable of it reaches a disk."""
    file = RoomFile(
        item=item,
        name=one.name,
        size=len(one.content),
        sha256=hashlib.sha256(one.content).hexdigest(),
        stored_as=uuid4(),
        scan=one.scan.value,
    )
    locked, key = sealing.lock_file(one.content, _about(file))
    file.locked_key = sealing.lock(key.encode(), _about(file))
    path = _path(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(locked)
    file.save()
    return file


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
    side = queries.own_side(by, file.item.room)
    code = PREFIX + secrets.token_hex(6).upper()
    FileView.objects.create(file=file, reader=by, side=side, way=way, code=code, at=at)
    if not file.is_marked:
        return content
    when = localtime(at).strftime("%Y-%m-%d %H:%M")
    try:
        return marked(content, f"{code} {side.name} {by} {by.email} {when}", code)
    except CannotMark as error:
        raise Refused(Reason.PDF_UNREADABLE) from error


def read_mark(*, content: bytes, reader: Reader) -> FileView | None:
    """Whose copy a file is, by the mark on its pages; None where no mark of one's own rooms is found."""
    codes = marks_in(content, PREFIX)
    return queries.views_visible_to(reader).filter(code__in=codes).first()


def _checked(file: File) -> Content:
    name = clean_name(file.name or "")
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    content = file.read()
    if not content:
        raise Refused(Reason.FILE_EMPTY)
    if not is_what_it_says(name, BytesIO(content)):
        raise Refused(Reason.FILE_NOT_ALLOWED)
    if name.lower().rpartition(".")[2] in MARKED and not can_be_marked(content):
        raise Refused(Reason.PDF_UNREADABLE)
    result = scan(BytesIO(content))
    if result is Scan.INFECTED:
        raise Refused(Reason.FILE_INFECTED)
    return Content(name, content, result)


def _path(file: RoomFile) -> Path:
    return Path(settings.MEDIA_ROOT) / "rooms" / file.stored_as.hex


def _about(file: RoomFile) -> str:
    return f"room file {file.stored_as.hex}"
