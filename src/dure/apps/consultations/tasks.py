"""What the jobs of the day of a fair do, one asked for and one every evening."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from dure.apps.consultations import queries
from dure.apps.consultations.operations.badges import PRINT, keep_badges
from dure.apps.consultations.operations.reminders import remind
from dure.apps.consultations.presenters.badges import badge_pages
from dure.apps.fairs.queries import fairs_visible_to
from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.paper import pdf_of


# The queue counts in UTC: this is six in the evening in Seoul. It also says the time.
@app.periodic(cron="0 9 * * *")
@app.task(name="remind_of_fairs", queue="mail", queueing_lock="remind_of_fairs")
def remind_every_evening(timestamp: int) -> None:
    """Remind everybody of their meetings of tomorrow."""
    remind(at=datetime.fromtimestamp(timestamp, UTC))


@job_handler(
    PRINT,
    _("Badges of a fair"),
    figures={"badges": _("Badges")},
    route="consultations:badges",
    route_args=lambda job: [job.arguments["fair"]],
)
def print_badges(job: Job, progress: Progress) -> dict[str, Any]:
    """Print the badges of everybody who is expected at a fair."""
    fair = fairs_visible_to(job.requested_by).get(pk=job.arguments["fair"])
    people = list(queries.check_ins_of(fair, timezone.localdate()))
    progress.step(gettext_noop("Setting the pages"), len(people))

    def pages() -> Iterator[str]:
        for page, count in badge_pages(fair, people):
            yield page
            progress.advance(count)

    with translation.override(job.arguments["language"]):
        keep_badges(fair=fair, printed=pdf_of(pages()))
    return {"badges": len(people)}
