"""A spreadsheet handed in on a page: kept, checked, and taken in once its owner says so."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.reasons import Reason
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import ask
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

SUFFIXES = (".xlsx", ".csv")
DAYS_KEPT = 30


@transaction.atomic
def take_upload(*, kind: str, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet and put its check in the queue. Raises Refused."""
    permissions.may_import(by, kind).require()
    arguments = {"kind": kind, **keep_upload(file)}
    return ask(kind="check_sheet", title=arguments["name"][:200], arguments=arguments, by=by)


@transaction.atomic
def confirm_import(*, job: Job, by: User) -> Job:
    """Put the import of a checked file in the queue. Raises Refused.

    A file can be confirmed again only when its import failed or was cancelled.
    """
    check = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if check.asked_by_id != by.pk:
        raise Refused(Reason.NOT_YOUR_UPLOAD)
    if check.kind != "check_sheet" or check.stage != JobStage.DONE:
        raise Refused(Reason.NOT_CHECKED)
    permissions.may_import(by, check.arguments["kind"]).require()
    if check.result["problem_count"]:
        raise Refused(Reason.HAS_PROBLEMS)
    if not check.result["new"] and not check.result["changed"]:
        raise Refused(Reason.NOTHING_NEW)
    earlier = Job.objects.filter(kind="import_sheet", arguments__check=str(check.pk))
    if earlier.exclude(stage__in=(JobStage.FAILED, JobStage.CANCELLED)).exists():
        raise Refused(Reason.IMPORTED_ALREADY)
    arguments = {**check.arguments, "check": str(check.pk)}
    return ask(kind="import_sheet", title=check.title, arguments=arguments, by=by)


def keep_upload(file: UploadedFile) -> dict[str, str]:
    """Keep a spreadsheet until a job has read it; returns its `path` and `name`. Raises Refused."""
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    name = Path(file.name or "").name
    suffix = Path(name).suffix.lower()
    path = uploads_folder() / f"{uuid4()}{suffix if suffix in SUFFIXES else ''}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return {"path": str(path), "name": name}


def uploads_folder() -> Path:
    """Where spreadsheets wait for their job."""
    return Path(settings.MEDIA_ROOT) / "imports"


def forget_uploads(*, at: datetime) -> int:
    """Delete the spreadsheets that have been here for a month; returns how many there were."""
    oldest = (at - timedelta(days=DAYS_KEPT)).timestamp()
    old = [path for path in uploads_folder().glob("*") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
