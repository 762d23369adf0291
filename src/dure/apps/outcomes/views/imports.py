"""Outcomes from a spreadsheet: the template, the file, its check, its import."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.outcomes import operations, permissions
from dure.apps.outcomes.adapter import COLUMNS
from dure.apps.outcomes.pages import crumbs
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files


@require_safe
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    _importers_only(request)
    return render(request, "outcomes/import.html", _frame())


@require_safe
@login_required
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    _importers_only(request)
    title = _("Outcomes")
    return workbook_response(template(title, COLUMNS, get_language()), title)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    _importers_only(request)
    return submit_sheet(
        request,
        lambda file: operations.take_upload(file=file, by=request.user),
        back=reverse("outcomes:import"),
        shown="outcomes:import_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    context = {**_frame(), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "outcomes/import_job.html", context)


@require_POST
@login_required
def confirm_import(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_upload(job=_job(request, pk), by=request.user).pk
    return redirect("outcomes:import_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    _importers_only(request)
    jobs = jobs_visible_to(request.user)
    return get_object_or_404(jobs.filter(kind__in=(operations.CHECK, operations.IMPORT)), pk=pk)


def _importers_only(request: HttpRequest) -> None:
    or_404(permissions.may_import(request.user))


def _frame() -> dict[str, Any]:
    title = _("Outcomes from a spreadsheet")
    return {"title": title, "breadcrumb": crumbs(title)}
