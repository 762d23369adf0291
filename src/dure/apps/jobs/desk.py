"""What waits for the programme office: long jobs that failed in the last days."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.jobs import presenters, queries
from dure.apps.jobs.models import Job
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, offer_queue

FAILURES_SHOWN = timedelta(days=7)


def _job(job: Job, user: User) -> Line:
    page = reverse("jobs:detail", args=[job.pk])
    return Line(
        title=presenters.title_of(job),
        url=page,
        who=str(job.requested_by or _("The platform")),
        action=_("See why"),
        href=page,
    )


offer_queue(
    Queue(
        code="JOB",
        label=gettext_lazy("Failed job"),
        place=70,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.failed_jobs(user, now - FAILURES_SHOWN).order_by(
            "ended_at"
        ),
        since=lambda job: job.ended_at,
        line=_job,
        route="jobs:list?stage=FAILED",
    )
)
