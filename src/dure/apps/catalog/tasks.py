"""What the catalogue's long jobs do."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.apps.catalog import operations
from dure.apps.catalog.adapter.duplicates import likeness_of
from dure.apps.catalog.presenters.kinds import KINDS
from dure.apps.catalog.presenters.searches import NAMED, found_by, news_of
from dure.apps.catalog.queries import comparable_needs
from dure.apps.imports.kinds import Report, sheet_check, sheet_import
from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.jobs.queries import unfinished_jobs
from dure.apps.notices.operations import News, news
from dure.apps.people.models import User
from dure.foundation.lookup import embedder


@sheet_check("check_sheet", _("Check of a spreadsheet"), route="catalog:import_job")
def check_sheet(job: Job, progress: Progress) -> Report:
    """Say what an import would do."""
    return operations.check_sheet(
        kind=job.arguments["kind"],
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        progress=progress,
    )


@sheet_import("import_sheet", _("Import of a spreadsheet"), route="catalog:import_job")
def import_sheet(job: Job, progress: Progress) -> Report:
    """Take a spreadsheet in; new needs are then compared with all others."""
    report = operations.import_sheet(
        kind=job.arguments["kind"],
        path=Path(job.arguments["path"]),
        by=job.requested_by,
        at=timezone.now(),
        progress=progress,
    )
    is_new = not report.problems and (report.new or report.changed)
    if job.arguments["kind"] == "needs" and is_new:
        enqueue_find_duplicates(job)
    return report


def enqueue_find_duplicates(job: Job) -> None:
    """Put the search for near-duplicates in the queue, unless one waits there."""
    if not unfinished_jobs("find_duplicates").exists():
        title = gettext_noop("Find near-duplicates")
        enqueue(kind="find_duplicates", title=title, arguments={}, by=job.requested_by)


@job_handler(
    "find_duplicates",
    _("Search for near-duplicates"),
    figures={"needs": _("Needs"), "new": _("Newly entered")},
    route="catalog:duplicates",
)
def find_duplicates(job: Job, progress: Progress) -> dict[str, Any]:
    """Find needs that are nearly the same, by words and meaning."""
    needs = list(comparable_needs())
    progress.step(gettext_noop("Looking for near-duplicates"), len(needs))
    new = operations.find_duplicates(
        needs=needs,
        likeness_of=lambda needs: likeness_of(needs, embedder().embed_passages, progress.advance),
    )
    return {"needs": len(needs), "new": new}


@news("saved searches")
def new_in_searches(user: User, at: datetime) -> list[News]:
    """What was published in one's saved searches since they were told of last."""
    news = []
    for search, since, until in operations.take_searches(user=user, at=at):
        new = found_by(search, user).filter(
            stage__in=KINDS[search.kind].shown, published_at__gt=since, published_at__lte=until
        )
        best = list(new.defer("search")[:NAMED])
        if best:
            news.append(news_of(search, best, new.count()))
    return news
