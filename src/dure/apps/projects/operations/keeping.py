"""Keeping files that people send, and holding a project while it changes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File

from dure.apps.people.models import User
from dure.apps.projects.models import Project
from dure.apps.projects.reasons import Reason
from dure.foundation.files import Unfit, examined
from dure.foundation.verdict import Refused


def locked(project: Project) -> Project:
    """A project as it is now, held until the transaction ends."""
    return (
        Project.objects.select_for_update(of=("self",))
        .select_related("version__programme", "officer", "accountant")
        .get(pk=project.pk)
    )


def kept(file: File, *, by: User, at: datetime) -> dict[str, Any]:
    """The fields of a file that somebody of ours hands in and that may be kept. Raises Refused."""
    return {**sent(file, at=at), "added_by": by}


def sent(file: File, *, at: datetime) -> dict[str, Any]:
    """The fields of a file that may be kept. Raises Refused."""
    about = examined(file, settings.DURE_UPLOAD_LIMIT)
    if isinstance(about, Unfit):
        raise Refused(Reason(about))
    return {"file": file, "added_at": at, **about.as_fields()}
