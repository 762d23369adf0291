"""A spreadsheet handed in on a page: kept, checked, and taken in once its owner says so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dure.apps.imports.reasons import Reason
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import enqueue
from dure.apps.people.models import User
from dure.foundation.verdict import Refused, Verdict

SUFFIXES = (".xlsx", ".csv")
DAYS_KEPT = 30


@transaction.atomic
def take_upload(*, check: str, file: UploadedFile, arguments: dict[str, Any], by: User) -> Job:
    """Keep a spreadsheet and put its check, a job of kind `check`, in the queue.

    Ask for the right before. Raises Refused.
    """
    arguments = {**arguments, **keep_upload(file)}
    return enqueue(kind=check, title=arguments["name"][:200], arguments=arguments, by=by)


@transaction.atomic
def confirm_upload(
    *, job: Job, check: str, take: str, may: Callable[[dict[str, Any]], Verdict], by: User
) -> Job:
    """Put the import of a checked spreadsheet, a job of kind `take`, in the queue. Raises Refused.

    `may` judges the arguments of the check. A file can be confirmed again only when its import
    failed or was cancelled.
    """
    checked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if checked.requested_by_id != by.pk:
        raise Refused(Reason.NOT_YOUR_UPLOAD)
    if checked.kind != check or checked.stage != JobStage.DONE:
        raise Refused(Reason.NOT_CHECKED)
    may(checked.arguments).require()
    if checked.result["problem_count"]:
        raise Refused(Reason.HAS_PROBLEMS)
    if not checked.result["new"] and not checked.result["changed"]:
        raise Refused(Reason.NOTHING_NEW)
    earlier = Job.objects.filter(kind=take, arguments__check=str(checked.pk))
    if earlier.exclude(stage__in=(JobStage.FAILED, JobStage.CANCELLED)).exists():
        raise Refused(Reason.IMPORTED_ALREADY)
    arguments = {**checked.arguments, "check": str(checked.pk)}
    return enqueue(kind=take, title=checked.title, arguments=arguments, by=by)


def why_not_confirmed(job: Job, by: User) -> str:
    """Why a checked file cannot be taken in by `by`; empty when it can."""
    if job.requested_by_id != by.pk:
        return str(Reason.NOT_YOUR_UPLOAD.label)
    has_something = job.result.get("new") or job.result.get("changed")
    return "" if has_something else str(Reason.NOTHING_NEW.label)


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
