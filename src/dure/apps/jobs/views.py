"""The pages of long jobs: the list, one of them with its live progress, cancelling."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.jobs import operations, permissions, presenters, queries
from dure.apps.jobs.forms import JobFilter
from dure.apps.jobs.models import ENDED, Job
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome

PAGE = 20
SORTS = {
    "title": ("title", "-requested_at", "pk"),
    "kind": ("kind", "-requested_at", "pk"),
    "stage": ("stage", "-requested_at", "pk"),
    "who": ("requested_by__name", "-requested_at", "pk"),
    "asked": ("requested_at", "pk"),
}


@never_cache
@require_safe
@login_required
def job_list(request: HttpRequest) -> HttpResponse:
    """The reader's jobs, or everybody's for officers; as a workbook with `?format=xlsx`."""
    form = JobFilter(request.GET)
    form.is_valid()
    jobs = queries.jobs_visible_to(request.user)
    for name in ("stage", "kind"):
        if wanted := form.cleaned_data.get(name):
            jobs = jobs.filter(**{name: wanted})
    now = timezone.now()

    def context(page: Page) -> dict[str, Any]:
        for job in page:
            job.shown = presenters.shown(job, now)
            job.duration = presenters.duration_of(job, now)
        return {
            "is_live": any(job.stage not in ENDED for job in page),
            "here": request.get_full_path(),
            "breadcrumb": [{"label": _("Jobs")}],
        }

    return listing.list_page(
        request,
        "jobs/job_list.html",
        listing.in_order(jobs, request.GET.get("sort"), SORTS, "-asked"),
        form=form,
        per_page=PAGE,
        sheet=_sheet,
        context=context,
    )


@never_cache
@require_safe
@login_required
def job_detail(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job and its progress, which keeps itself up to date."""
    context = _job_context(request, job_id)
    trail = [
        {"label": _("Jobs"), "url": reverse("jobs:list")},
        {"label": context["shown"].title},
    ]
    return render(request, "jobs/job_detail.html", {**context, "breadcrumb": trail})


@never_cache
@require_safe
@login_required
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The part of a job's page that changes; asks for itself again until the job has ended."""
    return render(request, "jobs/_progress.html", _job_context(request, job_id))


@never_cache
@require_safe
@login_required
def bar(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The same on the page of whatever the job works for, which comes anew when it has ended."""
    context = _job_context(request, job_id)
    response = render(request, "jobs/_bar.html", context)
    if context["job"].has_ended:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@login_required
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    job = get_object_or_404(queries.jobs_visible_to(request.user), pk=job_id)
    with flash_outcome(request):
        operations.cancel(job=job, by=request.user, at=timezone.now())
    return redirect("jobs:detail", job.pk)


def _job_context(request: HttpRequest, job_id: UUID) -> dict[str, object]:
    job: Job = get_object_or_404(queries.jobs_visible_to(request.user), pk=job_id)
    now = timezone.now()
    return {
        "job": job,
        "shown": presenters.shown(job, now),
        "duration": presenters.duration_of(job, now),
        "may_cancel": permissions.may_cancel(request.user, job),
    }


def _sheet(jobs: QuerySet[Job]) -> listing.Sheet:
    rows = (presenters.row_of(job) for job in jobs)
    return {"title": _("Jobs"), "headers": presenters.headers(), "rows": rows}
