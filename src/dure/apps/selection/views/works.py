"""Pages of what a reviewer did: the list, taking one in from a spreadsheet, taking a work out."""

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
from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.adapter import WORK_COLUMNS
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files

SORTS = {"title": ("title", "pk"), "kind": ("kind", "title", "pk"), "year": ("year", "pk")}


@require_safe
@login_required
def works(request: HttpRequest) -> HttpResponse:
    """One's own projects, patents and papers; also as Excel."""
    _reviewers_only(request)
    return list_page(
        request,
        "selection/works.html",
        in_order(queries.own_works(request.user), request.GET.get("sort"), SORTS, "-year"),
        per_page=50,
        sheet=presenters.works_sheet,
        context=lambda page: {"breadcrumb": _crumbs()},
    )


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work out of one's own list."""
    work = get_object_or_404(queries.own_works(request.user), pk=pk)
    with flash_outcome(request, _("“%(title)s” is taken out.") % {"title": work}):
        operations.remove_work(work=work, by=request.user)
    return redirect("selection:works")


@require_safe
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    _reviewers_only(request)
    return render(request, "selection/works_import.html", _frame())


@require_safe
@login_required
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    _reviewers_only(request)
    title = _("Projects, patents, papers")
    return workbook_response(template(title, WORK_COLUMNS, get_language()), title)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    _reviewers_only(request)
    return submit_sheet(
        request,
        lambda file: operations.take_works(file=file, by=request.user),
        back=reverse("selection:works_import"),
        shown="selection:works_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    context = {**_frame(), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "selection/works_job.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_works(job=_job(request, pk), by=request.user).pk
    return redirect("selection:works_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    _reviewers_only(request)
    kinds = (operations.CHECK_WORKS, operations.IMPORT_WORKS)
    return get_object_or_404(jobs_visible_to(request.user).filter(kind__in=kinds), pk=pk)


def _reviewers_only(request: HttpRequest) -> None:
    or_404(permissions.may_keep_works(request.user))


def _crumbs(here: str = "") -> list[dict[str, str]]:
    steps = [(_("Projects, patents, papers"), reverse("selection:works") if here else "")]
    if here:
        steps.append((here, ""))
    return presenters.own_crumbs(*steps)


def _frame() -> dict[str, Any]:
    title = _("Take in a list of works")
    return {"title": title, "breadcrumb": _crumbs(title)}
