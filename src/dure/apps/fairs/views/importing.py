"""Participants from a spreadsheet: template, upload, preview, confirmation, result.

They are no `SheetImport`: the pages stand under the tabs of their fair, and one that takes nobody now
says why, where a declared list would not be there.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.fairs import operations, permissions
from dure.apps.fairs.models import Fair
from dure.apps.fairs.operations import PARTICIPANT_COLUMNS
from dure.apps.fairs.views.guards import fair_or_404, officers_only
from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, workbook_response
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files

JOB_KINDS = ("check_participants", "import_participants")


@require_safe
@officers_only
def import_page(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    fair = fair_or_404(request, fair_id)
    verdict = permissions.may_import_participants(request.user, fair)
    why_not = str(verdict.reason.label) if verdict.reason else ""
    return render(request, "fairs/import.html", {**_frame(request, fair), "why_not": why_not})


@require_safe
@officers_only
def import_template(request: HttpRequest, fair_id: int) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    fair_or_404(request, fair_id)
    title = _("Participants")
    content = template(title, PARTICIPANT_COLUMNS, get_language())
    return workbook_response(content, title)


@require_POST
@takes_files
@officers_only
def upload(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    fair = fair_or_404(request, fair_id)
    return submit_sheet(
        request,
        lambda file: operations.take_participants(fair=fair, file=file, by=request.user),
        back=reverse("fairs:import", args=[fair_id]),
        shown="fairs:import_job",
    )


@require_safe
@officers_only
def import_job(request: HttpRequest, job_id: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job, fair = _job(request, job_id)
    context = {**_frame(request, fair), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "fairs/import_job.html", context)


@require_POST
@officers_only
def confirm(request: HttpRequest, job_id: str) -> HttpResponse:
    """Take in what was checked."""
    job, _fair = _job(request, job_id)
    with flash_outcome(request):
        job = operations.confirm_participants(job=job, by=request.user)
    return redirect("fairs:import_job", job.pk)


def _job(request: HttpRequest, pk: str) -> tuple[Job, Fair]:
    jobs = jobs_visible_to(request.user).filter(kind__in=JOB_KINDS)
    job = get_object_or_404(jobs, pk=pk)
    if "fair" not in job.arguments:
        raise Http404
    return job, fair_or_404(request, job.arguments["fair"])


def _frame(request: HttpRequest, fair: Fair) -> dict[str, object]:
    title = _("Bring in participants")
    return {
        "fair": fair,
        "title": title,
        "tabs": tabs_for(request.user, fair, "registrations"),
        "breadcrumb": breadcrumb(fair, title),
    }
