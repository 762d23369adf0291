"""The pages of every list that an app declares: the template, the file, its check, its import."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dure.apps.imports import operations, presenters
from dure.apps.imports.kinds import SheetImport
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files


def sheet_urls(sheet: SheetImport, at: str, jobs_at: str = "") -> list[URLPattern]:
    """The addresses of a list for the `urls.py` of its app; `jobs_at` where those of jobs differ."""
    name = sheet.route.partition(":")[2]
    known = {"sheet": sheet}
    jobs_at = jobs_at or at
    pages = [
        path(at, import_page, known, name=name),
        path(f"{at}upload/", upload, known, name=f"{name}_upload"),
        path(f"{jobs_at}<uuid:pk>/", import_job, known, name=f"{name}_job"),
        path(f"{jobs_at}<uuid:pk>/confirm/", confirm_import, known, name=f"{name}_confirm"),
    ]
    if sheet.columns:
        pages.append(path(f"{at}template/", import_template, known, name=f"{name}_template"))
    return pages


@require_safe
@login_required
def import_page(request: HttpRequest, sheet: SheetImport, **address: Any) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    key, thing = _thing(request, sheet, address)
    context = _frame(sheet, thing) | {
        "upload_url": _url(sheet, "upload", key),
        "template_url": _url(sheet, "template", key) if sheet.columns else "",
    }
    return render(request, "imports/sheet.html", context)


@require_safe
@login_required
def import_template(request: HttpRequest, sheet: SheetImport, **address: Any) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    _key, thing = _thing(request, sheet, address)
    if sheet.columns is None:
        raise Http404
    name = str(thing or sheet.name)
    return workbook_response(template(name, sheet.columns(thing), get_language()), name)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest, sheet: SheetImport, **address: Any) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    key, _ = _thing(request, sheet, address)
    return submit_sheet(
        request,
        lambda file: operations.take_upload(
            check=sheet.jobs[0], file=file, arguments=sheet.arguments(key), by=request.user
        ),
        back=_url(sheet, "", key),
        shown=sheet.routed("job"),
    )


@require_safe
@login_required
def import_job(request: HttpRequest, sheet: SheetImport, pk: UUID) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job, thing = _job(request, sheet, pk)
    context = _frame(sheet, thing) | {
        "job": job,
        **presenters.checked_file(job),
        "taken_in": sheet.taken_in,
        "first_titles": sheet.first_titles,
        "why_not": operations.why_not_confirmed(job, request.user),
        "again_url": _url(sheet, "", job.arguments.get(sheet.of)),
        "confirm_url": reverse(sheet.routed("confirm"), args=[job.pk]),
        "results_url": sheet.results(thing),
    }
    return render(request, "imports/sheet_job.html", context)


@require_POST
@login_required
def confirm_import(request: HttpRequest, sheet: SheetImport, pk: UUID) -> HttpResponse:
    """Take in what was checked."""
    job, thing = _job(request, sheet, pk)
    with flash_outcome(request):
        check, take = sheet.jobs
        job = operations.confirm_upload(
            job=job, check=check, take=take, by=request.user,
            may=lambda _arguments: sheet.may(request.user, thing),
        )  # fmt: skip
    return redirect(sheet.routed("job"), job.pk)


def _thing(request: HttpRequest, sheet: SheetImport, address: dict[str, Any]) -> tuple[Any, Any]:
    """The key in the address and what it means; 404 for whom the list is not."""
    key = next(iter(address.values()), None)
    thing = sheet.find(request.user, key)
    or_404(sheet.may(request.user, thing))
    return key, thing


def _job(request: HttpRequest, sheet: SheetImport, pk: UUID) -> tuple[Job, Any]:
    job = get_object_or_404(jobs_visible_to(request.user).filter(kind__in=sheet.jobs), pk=pk)
    if sheet.is_private and job.requested_by_id != request.user.pk:
        raise Http404
    thing = sheet.find(request.user, job.arguments.get(sheet.of))
    or_404(sheet.may(request.user, thing))
    return job, thing


def _url(sheet: SheetImport, page: str, key: Any) -> str:
    route = sheet.routed(page) if page else sheet.route
    return reverse(route, args=[] if key is None else [key])


def _frame(sheet: SheetImport, thing: Any) -> dict[str, Any]:
    title = str(sheet.title)
    return {
        "sheet": sheet,
        "title": f"{thing}: {title}" if thing else title,
        "breadcrumb": sheet.crumbs(title, thing),
    }
