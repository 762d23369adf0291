"""The pages of long jobs: the list, one of them with its live progress, cancelling."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
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
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing
from dure.foundation.ui.answers import workbook_response
from dure.foundation.verdict import Refused

PAGE = 20
SORTS = {
    "title": "title",
    "kind": "kind",
    "stage": "stage",
    "who": "asked_by__name",
    "asked": "asked_at",
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
    wish = request.GET.get("sort", "-asked")
    order = SORTS.get(wish.removeprefix("-"), "asked_at")
    jobs = jobs.order_by(f"-{order}" if wish.startswith("-") else order, "-asked_at", "pk")
    if request.GET.get("format") == "xlsx":
        return _as_workbook(jobs)
    page = Paginator(jobs, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    for job in page:
        job.shown = presenters.shown(job, now)
        job.duration = presenters.duration_of(job, now)
    return render(
        request,
        "jobs/job_list.html",
        {
            "page": page,
            "form": form,
            "chips": listing.chips(form, request.GET),
            "total": page.paginator.count,
            "is_live": any(job.stage not in ENDED for job in page),
            "here": request.get_full_path(),
            "breadcrumb": [{"label": _("Jobs")}],
        },
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
    try:
        operations.cancel(job=job, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.reason.label)
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


def _as_workbook(jobs: object) -> HttpResponse:
    content = workbook(_("Jobs"), presenters.headers(), (presenters.row_of(job) for job in jobs))
    return workbook_response(content, f"jobs-{timezone.localdate():%Y%m%d}")
