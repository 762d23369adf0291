"""Filing papers, newer versions, opening and removing them, and warning before they run out."""

import hashlib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.notices.operations import tell
from dure.apps.papers import permissions, queries
from dure.apps.papers.kinds import OTHER, paper_kinds
from dure.apps.papers.models import Paper, PaperLook, PaperVersion
from dure.apps.papers.notices import paper_runs_out
from dure.apps.papers.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation import sealing
from dure.foundation.files import clean_name, is_what_it_says
from dure.foundation.scanning import Scan, scan
from dure.foundation.verdict import Refused


@transaction.atomic
def file_paper(
    *,
    organisation: Organisation,
    kind: str,
    title: str = "",
    file: File,
    issued_on: date,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> PaperVersion:
    """Put a paper into the box that is not there yet. Raises Refused.

    Without `expires_on` the usual time of its kind counts, if it has one.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_use(by, organisation).require()
    title = title.strip() if kind == OTHER else ""
    if kind == OTHER and not title:
        raise Refused(Reason.TITLE_MISSING)
    if queries.paper_of_kind(organisation, kind, title):
        raise Refused(Reason.FILED_ALREADY)
    paper = Paper.objects.create(
        organisation=organisation, kind=kind, title=title, created_by=by, created_at=at
    )
    return _add(paper, file, issued_on, expires_on, by, at)


@transaction.atomic
def add_version(
    *,
    paper: Paper,
    file: File,
    issued_on: date,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> PaperVersion:
    """File a newer version; the older ones stay. Raises Refused."""
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    permissions.may_add_version(by, paper).require()
    return _add(paper, file, issued_on, expires_on, by, at)


@transaction.atomic
def open_version(*, version: PaperVersion, purpose: str = "", by: User, at: datetime) -> bytes:
    """The file of a version; that `by` looked is kept. Raises Refused."""
    permissions.may_use(by, version.paper.organisation).require()
    try:
        kept = _path(version).read_bytes()
        key = sealing.unlock(version.locked_key, _about(version)).decode()
        content = sealing.unlock_file(kept, key, _about(version))
    except (OSError, sealing.Unreadable) as error:
        raise Refused(Reason.FILE_GONE) from error
    PaperLook.objects.create(version=version, user=by, at=at, purpose=purpose)
    return content


@transaction.atomic
def remove(*, paper: Paper, by: User, at: datetime) -> Paper:
    """Take a paper out of the box with all its files; that it was there stays. Raises Refused."""
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    permissions.may_remove(by, paper).require()
    paper.removed_by, paper.removed_at = by, at
    paper.save(update_fields=["removed_by", "removed_at"])
    paths = [_path(version) for version in paper.versions.all()]
    transaction.on_commit(lambda: [path.unlink(missing_ok=True) for path in paths])
    return paper


@transaction.atomic
def warn(*, at: datetime) -> int:
    """Tell the people of organisations once of each paper that runs out; how many there were."""
    today = localtime(at).date()
    waiting = queries.running_out(today).filter(warned_on__isnull=True, expires_on__gte=today)
    due = PaperVersion.objects.filter(pk__in=waiting.values("pk")).select_for_update(of=("self",))
    versions = list(due.select_related("paper__organisation"))
    for version in versions:
        organisation = version.paper.organisation
        tell(
            recipients=people_of(organisation),
            kind=paper_runs_out,
            facts={
                "paper": str(version.paper),
                "organisation": str(organisation),
                "until": version.expires_on.isoformat() if version.expires_on else "",
            },
            url=reverse("papers:paper", args=[version.paper_id]),
            at=at,
        )
        version.warned_on = today
        version.save(update_fields=["warned_on"])
    return len(versions)


def _add(
    paper: Paper, file: File, issued_on: date, expires_on: date | None, by: User, at: datetime
) -> PaperVersion:
    if issued_on > localtime(at).date():
        raise Refused(Reason.ISSUED_LATER)
    if expires_on is None:
        expires_on = paper_kinds()[paper.kind].end_of(issued_on)
    elif expires_on < issued_on:
        raise Refused(Reason.DATES_REVERSED)
    name, content, result = _checked(file)
    last = paper.versions.order_by("-number").first()
    version = PaperVersion(
        paper=paper,
        number=last.number + 1 if last else 1,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_as=uuid4(),
        issued_on=issued_on,
        expires_on=expires_on,
        scan=result.value,
        created_by=by,
        created_at=at,
    )
    locked, key = sealing.lock_file(content, _about(version))
    version.locked_key = sealing.lock(key.encode(), _about(version))
    path = _path(version)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(locked)
    version.save()
    return version


def _checked(file: File) -> tuple[str, bytes, Scan]:
    """Name, content and scan of a file that may be filed. Raises Refused."""
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    content = file.read()
    if not content:
        raise Refused(Reason.FILE_EMPTY)
    name = clean_name(file.name or "")
    if not is_what_it_says(name, BytesIO(content)):
        raise Refused(Reason.FILE_NOT_ALLOWED)
    result = scan(BytesIO(content))
    if result is Scan.INFECTED:
        raise Refused(Reason.FILE_INFECTED)
    return name, content, result


def _path(version: PaperVersion) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / version.stored_as.hex


def _about(version: PaperVersion) -> str:
    return f"paper {version.stored_as.hex}"
