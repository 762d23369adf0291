"""Files of an application: encrypted as they come in, each with a key of its own."""

import hashlib
import io
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime

from dure.apps.applications import adapter, permissions
from dure.apps.applications.models import Application, DraftPart, LockedFile, Participant
from dure.apps.applications.operations.drafting import save_part
from dure.apps.applications.operations.telling import locked
from dure.apps.applications.reasons import Reason
from dure.apps.papers import permissions as papers
from dure.apps.papers.operations import open_version
from dure.apps.papers.queries import valid_paper
from dure.apps.people.models import User
from dure.foundation import files, sealing
from dure.foundation.documents import count_pages
from dure.foundation.scanning import Scan, scan
from dure.foundation.verdict import Refused

BODY = ("hwp", "hwpx", "docx", "pdf")
"""What a paper with a limit of pages is written in."""
TAKEN = ("hwp", "hwpx", "docx", "pdf", "xlsx", "png", "jpg", "jpeg")


def attach(
    *,
    application: Application,
    participant: Participant,
    document: str,
    name: str,
    content: bytes,
    by: User,
    at: datetime,
) -> DraftPart:
    """Put a file to one of the papers that a member hands in. Raises Refused."""
    asked = {known.id: known for known in adapter.documents_of(application.call, participant.role)}
    if document not in asked:
        raise Refused(Reason.UNKNOWN_PART)
    permissions.may_edit_part(by, application, participant.pk).require()
    name = files.clean_name(name)
    row = _checked(name, content, asked[document].most_pages)
    with transaction.atomic():
        locked(application)
        _keep(application, content, row, by, at)
        return _with_rows(application, participant, document, by, at, add=row)


@transaction.atomic
def keep_later(
    *, application: Application, name: str, content: bytes, by: User, at: datetime
) -> dict[str, Any]:
    """Keep a file that is handed in after the deadline, beside what was sealed.

    Return its row with `file` and `key`; who may hand it in, the app that asks for it says. Raises
    Refused.
    """
    row = _checked(files.clean_name(name), content, None)
    _keep(application, content, row, by, at)
    return row


def _keep(
    application: Application, content: bytes, row: dict[str, Any], by: User, at: datetime
) -> None:
    kept = LockedFile(application=application, created_by=by, created_at=at)
    encrypted, row["key"] = sealing.lock_file(content, about_file(kept))
    row["file"] = str(kept.uid)
    kept.file.save(kept.uid.hex, ContentFile(encrypted), save=False)
    kept.save()


def attach_from_box(
    *, application: Application, participant: Participant, document: str, by: User, at: datetime
) -> DraftPart:
    """Put the valid paper of the member's document box to one that it hands in. Raises Refused."""
    papers.may_use(by, participant.organisation).require()
    version = valid_paper(participant.organisation, document, localtime(at).date())
    if version is None:
        raise Refused(Reason.NOT_IN_THE_BOX)
    return attach(
        application=application,
        participant=participant,
        document=document,
        name=version.name,
        content=open_version(version=version, purpose=application.number, by=by, at=at),
        by=by,
        at=at,
    )


def detach(
    *,
    application: Application,
    participant: Participant,
    document: str,
    file: str,
    by: User,
    at: datetime,
) -> DraftPart:
    """Take a file off a paper; a version submitted before keeps it. Raises Refused."""
    with transaction.atomic():
        locked(application)
        return _with_rows(application, participant, document, by, at, drop=file)


def read_file(application: Application, row: dict[str, Any], key: str) -> bytes:
    """The content of a file that stands in a part or in what was opened. Raises Unreadable."""
    kept = application.files.filter(uid=row["file"]).first()
    if kept is None:
        raise sealing.Unreadable(row["file"])
    with kept.file.open("rb") as encrypted:
        return sealing.unlock_file(encrypted.read(), key, about_file(kept))


def about_file(kept: LockedFile) -> str:
    """What the encryption of a file is bound to."""
    return f"file:{kept.uid}"


def _checked(name: str, content: bytes, most_pages: int | None) -> dict[str, Any]:
    if not content:
        raise Refused(Reason.BAD_FILE)
    if len(content) > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_BIG)
    ending = name.rpartition(".")[2].lower()
    if ending not in (TAKEN if most_pages is None else BODY) or not files.is_what_it_says(
        name, io.BytesIO(content)
    ):
        raise Refused(Reason.FILE_TYPE)
    scan_result = scan(io.BytesIO(content))
    if scan_result is Scan.INFECTED:
        raise Refused(Reason.INFECTED)
    pages = count_pages(name, content) if most_pages is not None else None
    if most_pages is not None and pages is not None and pages > most_pages:
        raise Refused(Reason.TOO_MANY_PAGES, pages=pages, limit=most_pages)
    return {
        "name": name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": pages,
        "scan": scan_result.value,
    }


def _with_rows(
    application: Application,
    participant: Participant,
    document: str,
    by: User,
    at: datetime,
    add: dict[str, Any] | None = None,
    drop: str = "",
) -> DraftPart:
    part_name = adapter.part_name("documents", document, participant.pk)
    part = application.parts.filter(name=part_name).first()
    rows = adapter.read(part)["rows"] if part else []
    rows = [row for row in rows if row["file"] != drop]
    return save_part(
        application=application,
        name=part_name,
        value={"rows": [*rows, *([add] if add else [])]},
        seen=part.version if part else 0,
        by=by,
        at=at,
    )
