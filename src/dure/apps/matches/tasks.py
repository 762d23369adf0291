"""What matching's long jobs do."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, work
from dure.apps.matches import operations
from dure.apps.matches.presenters.news import news_of
from dure.apps.notices.operations import News, news
from dure.apps.people.models import User


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


@news("matches")
def new_matches(user: User, at: datetime) -> list[News]:
    """What was suggested for the needs and technologies of one's organisations."""
    taken = operations.take_untold(user=user, at=at)
    return [news_of(taken)] if taken else []
