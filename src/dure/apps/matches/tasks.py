"""What matching's long jobs do."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches import operations
from dure.apps.matches.presenters.news import news_of
from dure.apps.notices.operations import News, news
from dure.apps.people.models import User

MATCHING_FIGURES = {
    "needs": _("Needs"),
    "technologies": _("Technologies"),
    "suggestions": _("Suggestions"),
    "pairs": _("Pairs"),
}


@job_handler(
    "match_all", _("Matching of everything"), figures=MATCHING_FIGURES, route="matches:inbox"
)
def match_all(job: Job, progress: Progress) -> dict[str, Any]:
    """Match everything; begun again after a crash, it goes on where it was."""
    return operations.match_all(at=job.requested_at, progress=progress)


@job_handler(
    "match_changed", _("Matching of what changed"), figures=MATCHING_FIGURES, route="matches:inbox"
)
def match_changed(job: Job, progress: Progress) -> dict[str, Any]:
    """Match what changed and what it touches."""
    return operations.match_changed(
        need_ids=job.arguments["needs"],
        technology_ids=job.arguments["technologies"],
        at=job.requested_at,
        progress=progress,
    )


@job_handler(
    "rebuild_index",
    _("Rebuilding of the search index"),
    figures={"documents": _("Documents"), "passages": _("Passages")},
)
def rebuild_index(job: Job, progress: Progress) -> dict[str, Any]:
    """Build the search index anew while the old one serves."""
    status = operations.rebuild_index(progress=progress)
    return {"documents": status.documents, "passages": status.passages, "at": str(timezone.now())}


@news("matches")
def new_matches(user: User, at: datetime) -> list[News]:
    """What was suggested for the needs and technologies of one's organisations."""
    taken = operations.take_untold(user=user, at=at)
    return [news_of(taken)] if taken else []
