"""Entries of a register from a spreadsheet: the template, the file, its check, its import."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.designations import operations, permissions
from dure.apps.designations.adapter import columns_of
from dure.apps.designations.kinds import Register
from dure.apps.designations.pages import crumbs, register_for
from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files


@require_safe
@login_required
def import_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    return render(request, "designations/import.html", _frame(_register(request, slug)))


@require_safe
@login_required
def import_template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty workbook with the columns of the register, in the reader's language."""
    register = _register(request, slug)
    columns = columns_of(register)
    return workbook_response(template(str(register), columns, get_language()), str(register))


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    register = _register(request, slug)
    return submit_sheet(
        request,
        lambda file: operations.take_upload(register=register, file=file, by=request.user),
        back=reverse("designations:import", args=[slug]),
        shown="designations:import_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    register = _register(request, job.arguments.get("register", ""))
    context = {**_frame(register), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "designations/import_job.html", context)


@require_POST
@login_required
def confirm_import(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_upload(job=_job(request, pk), by=request.user).pk
    return redirect("designations:import_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    or_404(permissions.may_run(request.user))
    jobs = jobs_visible_to(request.user)
    return get_object_or_404(jobs.filter(kind__in=(operations.CHECK, operations.IMPORT)), pk=pk)


def _register(request: HttpRequest, slug: str) -> Register:
    or_404(permissions.may_run(request.user))
    return register_for(slug)


def _frame(register: Register) -> dict[str, Any]:
    title = _("From a spreadsheet")
    return {
        "title": f"{register}: {title}",
        "register": register,
        "breadcrumb": crumbs(title, register=register),
    }
