"""Large uploads: begun, received piece by piece, kept by whoever uses them, or forgotten."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as queue

from dure.apps.people.models import User
from dure.apps.uploads import permissions, queries
from dure.apps.uploads.models import CHECKED_AT_ONCE, KEPT_UNUSED, Upload
from dure.apps.uploads.reasons import Reason
from dure.apps.uploads.stages import UploadStage
from dure.foundation import sealing
from dure.foundation.advisory_lock import in_turn
from dure.foundation.files import TECHNICAL_ENDINGS, clean_name, is_technical_file
from dure.foundation.pieces import Pieces, forget_pieces, write_piece
from dure.foundation.scanning import Scan, scan
from dure.foundation.tus import Announced
from dure.foundation.verdict import Refused

SPACE_LEFT = 1024**3
"""Bytes that an upload leaves free on the disk, so that the rest of the platform goes on."""


@transaction.atomic
def begin(*, announced: Announced, purpose: str, by: User, at: datetime) -> Upload:
    """Take note of a file that somebody is about to send for a page. Raises Refused.

    Who asks has looked whether `by` may send files there.
    """
    in_turn("uploads", by.pk)
    name = clean_name(announced.name)
    if announced.size > settings.DURE_LARGE_UPLOAD_LIMIT:
        raise Refused(Reason.TOO_LARGE, megabytes=settings.DURE_LARGE_UPLOAD_LIMIT // 1024**2)
    if name.rpartition(".")[2].lower() not in TECHNICAL_ENDINGS:
        raise Refused(Reason.NOT_ALLOWED)
    if queries.bytes_waiting(by) + announced.size > settings.DURE_LARGE_UPLOADS_WAITING:
        raise Refused(Reason.TOO_MUCH)
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(_folder()).free < announced.size + SPACE_LEFT:
        raise Refused(Reason.NO_SPACE)
    upload = Upload(
        owner=by,
        purpose=purpose,
        name=name,
        size=announced.size,
        mark=announced.mark,
        begun_at=at,
        touched_at=at,
    )
    upload.locked_key = sealing.lock(sealing.file_key().encode(), _about(upload))
    upload.save()
    return upload


@transaction.atomic
def receive(*, upload: Upload, begins_at: int, content: bytes, by: User, at: datetime) -> Upload:
    """Keep the next piece; after the last one the file is checked, and arrives or is refused.

    A long file is checked by the queue, so that no request lasts longer than a piece.
    A piece counts once it lies on the disk: whoever dies in between sends it again. Raises Refused, also
    where another request was faster.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    permissions.may_send(by, upload).require()
    if begins_at != upload.received:
        raise Refused(Reason.OFFSET_WRONG)
    if begins_at + len(content) > upload.size:
        raise Refused(Reason.TOO_LONG)
    if content:
        try:
            write_piece(
                _folder(upload.pk), key=_key(upload), about=_about(upload), begins_at=begins_at,
                content=content,
            )  # fmt: skip
        except OSError as error:
            raise Refused(Reason.NO_SPACE) from error
    upload.received += len(content)
    upload.touched_at = at
    if upload.received == upload.size:
        upload.stage = UploadStage.CHECKING
        if upload.size > CHECKED_AT_ONCE:
            queue.configure_task("check_upload", queue="jobs").defer(upload_id=upload.pk.hex)
        else:
            _arrive(upload)
            _forget_refused(upload)
    upload.save()
    return upload


def check(*, upload: Upload) -> None:
    """Look at a file that is all here; nothing happens where somebody has done so."""
    _arrive(upload)
    with transaction.atomic():
        checking = Upload.objects.select_for_update().filter(stage=UploadStage.CHECKING)
        if checking.filter(pk=upload.pk).exists():
            upload.save(update_fields=["stage", "refusal", "sha256", "scan"])
            _forget_refused(upload)


@transaction.atomic
def keep(*, upload: Upload, purpose: str, by: User) -> Upload:
    """Say that something uses a file from now on; it stays. Raises Refused."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    permissions.may_keep(by, upload, purpose).require()
    upload.stage = UploadStage.KEPT
    upload.save(update_fields=["stage"])
    return upload


@transaction.atomic
def discard(*, upload: Upload, by: User) -> None:
    """Forget what nothing uses. Raises Refused."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    permissions.may_discard(by, upload).require()
    _forget(upload)


def contents_of(upload: Upload) -> Pieces:
    """The file, to be read piece by piece. Raises sealing.Unreadable."""
    return Pieces(_folder(upload.pk), key=_key(upload), about=_about(upload), size=upload.size)


def sweep(*, at: datetime) -> int:
    """Forget what nobody has gone on with, and folders that belong to nothing; how many."""
    count = 0
    for upload in queries.forgotten(at):
        with transaction.atomic():
            unused = queries.forgotten(at).select_for_update(skip_locked=True).filter(pk=upload.pk)
            for still in unused:
                _forget(still)
                count += 1
    return count + _remove_strays(at)


def _arrive(upload: Upload) -> None:
    """Look at a file that is whole: its hash, its kind, the virus scanner's word."""
    file = contents_of(upload)
    digest = hashlib.sha256()
    for piece in file:
        digest.update(piece)
    upload.sha256 = digest.hexdigest()
    result = Scan.NOT_SCANNED
    if is_technical_file(upload.name, file):  # type: ignore[arg-type]
        result = scan(file)  # type: ignore[arg-type]
    else:
        upload.refusal = Reason.NOT_ALLOWED
    if result is Scan.INFECTED:
        upload.refusal = Reason.INFECTED
    upload.scan = result.value
    upload.stage = UploadStage.REFUSED if upload.refusal else UploadStage.WHOLE


def _forget_refused(upload: Upload) -> None:
    if upload.refusal:
        folder = _folder(upload.pk)
        transaction.on_commit(lambda: forget_pieces(folder))


def _forget(upload: Upload) -> None:
    folder = _folder(upload.pk)
    upload.delete()
    transaction.on_commit(lambda: forget_pieces(folder))


def _remove_strays(at: datetime) -> int:
    """Folders whose upload is gone: what a process left that died between row and folder."""
    limit = at.timestamp() - KEPT_UNUSED.total_seconds()
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < limit]
    kept = queries.known([path.name for path in old])
    strays = [path for path in old if path.name not in kept]
    for path in strays:
        forget_pieces(path)
    return len(strays)


def _key(upload: Upload) -> str:
    return sealing.unlock(upload.locked_key, _about(upload)).decode()


def _folder(pk: UUID | None = None) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "large"
    return folder / pk.hex if pk else folder


def _about(upload: Upload) -> str:
    return f"upload {upload.pk.hex}"
