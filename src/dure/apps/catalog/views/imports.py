"""Bringing in many at once: template, upload, preview, confirmation, result; and request forms.

They are no `SheetImport`: the lists share one address and one kind of job, and stand under the tabs
of the catalogue beside the forms for documents.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.catalog import operations, permissions
from dure.apps.catalog.forms.entries import DocumentForm, UploadForm
from dure.apps.catalog.operations.importing import TEMPLATES
from dure.apps.catalog.presenters.kinds import KINDS, NEEDS, TECHNOLOGIES
from dure.apps.catalog.presenters.sheets import SHEETS
from dure.apps.catalog.presenters.tabs import tabs_for
from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.people.queries import organisations_acted_for
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, refusal_in, workbook_response
from dure.foundation.ui.form_page import render_forms
from dure.foundation.web import takes_files

JOB_KINDS = ("check_sheet", "import_sheet")
# Where a document is handed over, beside which sheet.
DOCUMENTS = {"needs": "catalog:document", "technologies": "catalog:technology_document"}


@require_safe
@login_required
def import_page(request: HttpRequest, sheet: str) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    context = {
        **_frame(request, sheet),
        "form": UploadForm(),
        "document": DOCUMENTS.get(sheet),
        "document_form": DocumentForm(organisations=organisations_acted_for(request.user)),
    }
    return render(request, "catalog/import.html", context)


@require_safe
@login_required
def import_template(request: HttpRequest, sheet: str) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    frame = _frame(request, sheet)
    columns = TEMPLATES[sheet].columns
    title = str(frame["title"])
    return workbook_response(template(title, columns, get_language()), title)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest, sheet: str) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    _frame(request, sheet)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect("catalog:import", sheet)
    with flash_outcome(request) as outcome:
        job = operations.take_upload(kind=sheet, file=form.cleaned_data["file"], by=request.user)
    if not outcome.is_done:
        return redirect("catalog:import", sheet)
    return redirect("catalog:import_job", job.pk)


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    sheet = job.arguments["kind"]
    context = {
        **_frame(request, sheet),
        "job": job,
        "why_not": why_not_confirmed(job, request.user),
        "list_url": KINDS[sheet].url("review" if permissions.may_review(request.user) else "list")
        if sheet in KINDS
        else reverse("people:organisation_list"),
    }
    return render(request, "catalog/import_job.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_import(job=_job(request, pk), by=request.user).pk
    return redirect("catalog:import_job", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def document(request: HttpRequest) -> HttpResponse:
    """A request form becomes draft needs, which their owner completes."""
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        organisations=organisations_acted_for(request.user),
    )
    drafts = _drafts(request, form) if request.method == "POST" and form.is_valid() else None
    if drafts and len(drafts) == 1:
        messages.success(request, _("A draft was made of the form. Check it and hand it in."))
        return redirect(NEEDS.url("edit", drafts[0].pk))
    context = {
        **_frame(request, "needs"),
        "title": _("A draft from a request form"),
        "document_form": form,
        "drafts": [(draft, NEEDS.url("edit", draft.pk)) for draft in drafts or ()],
    }
    return render_forms(request, "catalog/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def technology_document(request: HttpRequest) -> HttpResponse:
    """An introduction of a technology becomes a draft, which its owner completes."""
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        organisations=organisations_acted_for(request.user),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "file") as outcome:
            draft = operations.enter_technology_from_document(
                organisation=form.cleaned_data["organisation"],
                file=form.cleaned_data["file"],
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(request, _("A draft was made of it. Check it and hand it in."))
            return redirect(TECHNOLOGIES.url("edit", draft.pk))
    context = {
        **_frame(request, "technologies"),
        "title": _("A draft from an introduction"),
        "document_form": form,
    }
    return render_forms(request, "catalog/document.html", context)


def _drafts(request: HttpRequest, form: DocumentForm):
    with refusal_in(form, "file"):
        return operations.enter_from_document(
            organisation=form.cleaned_data["organisation"],
            file=form.cleaned_data["file"],
            by=request.user,
            at=timezone.now(),
        )
    return None


def _job(request: HttpRequest, pk: str) -> Job:
    return get_object_or_404(jobs_visible_to(request.user).filter(kind__in=JOB_KINDS), pk=pk)


def _frame(request: HttpRequest, sheet: str) -> dict:
    """What all import pages share; a sheet that the reader may not bring in does not exist."""
    if sheet not in SHEETS or not permissions.may_import(request.user, sheet):
        raise Http404
    shown, kind = SHEETS[sheet], KINDS.get(sheet, NEEDS)
    sheets = [
        {
            "label": other.plural,
            "url": reverse("catalog:import", args=[name]),
            "current": name == sheet,
        }
        for name, other in SHEETS.items()
        if permissions.may_import(request.user, name)
    ]
    return {
        "sheet": shown,
        "title": shown.plural,
        "tabs": tabs_for(request.user, kind, "import"),
        "sheets": sheets,
        "breadcrumb": [{"label": kind.plural, "url": kind.url("list")}, {"label": shown.plural}],
    }
