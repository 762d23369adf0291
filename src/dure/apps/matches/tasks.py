"""What matching's long jobs do."""

from typing import Any

from django.utils import timezone

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, work
from dure.apps.matches import operations


@work("match_all")
def match_all(job: Job, progress: Progress) -> dict[str, Any]:
    """Match everything; begun again after a crash, it goes on where it was."""
    return operations.match_all(at=job.asked_at, progress=progress)


@work("match_changed")
def match_changed(job: Job, progress: Progress) -> dict[str, Any]:
    """Match what changed and what it touches."""
    return operations.match_changed(
        need_ids=job.arguments["needs"],
        technology_ids=job.arguments["technologies"],
        at=job.asked_at,
        progress=progress,
    )


@work("rebuild_index")
def rebuild_index(job: Job, progress: Progress) -> dict[str, Any]:
    """Build the search index anew while the old one serves."""
    status = operations.rebuild_index(progress=progress)
    return {"documents": status.documents, "passages": status.passages, "at": str(timezone.now())}
