"""Keeping files that people send, and holding a project while it changes."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File

from dure.apps.people.models import User
from dure.apps.projects.models import Project
from dure.apps.projects.reasons import Reason
from dure.foundation.files import clean_name, is_what_it_says
from dure.foundation.verdict import Refused


def locked(project: Project) -> Project:
    """A project as it is now, held until the transaction ends."""
    return (
        Project.objects.select_for_update(of=("self",))
        .select_related("version__programme", "officer", "accountant")
        .get(pk=project.pk)
    )


def kept(file: File, *, by: User, at: datetime) -> dict[str, Any]:
    """The fields of a file that may be kept. Raises Refused."""
    if not file.size:
        raise Refused(Reason.FILE_EMPTY)
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    name = clean_name(file.name or "")
    if not is_what_it_says(name, file):
        raise Refused(Reason.FILE_NOT_ALLOWED)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return {
        "file": file,
        "name": name,
        "size": file.size,
        "sha256": digest.hexdigest(),
        "added_by": by,
        "added_at": at,
    }
