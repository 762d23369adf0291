"""Facts from registers: the office's list, taking one in, and what is known of an organisation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.people.queries import organisations_visible_to
from dure.apps.registers import operations, permissions, presenters, queries
from dure.apps.registers.adapter import FACT_COLUMNS
from dure.apps.registers.forms import FactsFilter, ReasonForm
from dure.foundation.sheets import template
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
    workbook_response,
)
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files

SORTS = {
    "organisation": ("organisation__name", "fact", "pk"),
    "fact": ("fact", "-as_of", "pk"),
    "as_of": ("as_of", "pk"),
    "recorded": ("recorded_at", "pk"),
}


@require_safe
@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """Every recorded fact, for the office; also as Excel."""
    or_404(permissions.may_read_all(request.user))
    form = FactsFilter(request.GET)
    found = queries.narrowed(queries.facts_visible_to(request.user), **form.wanted())
    return list_page(
        request,
        "registers/facts.html",
        in_order(found, request.GET.get("sort"), SORTS, "-recorded"),
        form=form,
        per_page=30,
        sheet=presenters.sheet,
        context=lambda page: {
            "may_record": permissions.may_record(request.user),
            "breadcrumb": [{"label": _("Facts from registers")}],
        },
    )


@require_safe
@login_required
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the platform knows of an organisation when the rules of a programme ask."""
    shown = get_object_or_404(organisations_visible_to(request.user), pk=pk)
    or_404(permissions.may_read_facts(request.user, shown))
    today = timezone.localdate()
    if wants_workbook(request):
        return sheet_response(**presenters.known_sheet(shown, today))
    recorded = queries.facts_visible_to(request.user).filter(organisation=shown)
    context = {
        "organisation": shown,
        "rows": presenters.known_of(shown, today),
        "withdrawn": recorded.filter(withdrawn_at__isnull=False),
        "breadcrumb": [
            {"label": str(shown), "url": reverse("people:organisation_detail", args=[shown.pk])},
            {"label": _("What is known")},
        ],
    }
    return render(request, "registers/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a fact is wrong, and take it out."""
    fact = get_object_or_404(queries.facts_visible_to(request.user), pk=pk)
    or_404(permissions.may_record(request.user))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.withdraw(fact=fact, **form.cleaned_data, by=request.user, at=timezone.now())
        if outcome.is_done:
            messages.success(request, _("The fact counts no more. The organisation is told."))
            return redirect("registers:facts")
    context = {"fact": fact, "form": form, "breadcrumb": _crumbs(_("Withdraw a fact"))}
    return render_forms(request, "registers/withdraw.html", context)


@require_safe
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    _recorders_only(request)
    return render(request, "registers/import.html", _frame())


@require_safe
@login_required
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the right columns, in the reader's language."""
    _recorders_only(request)
    title = _("Facts from registers")
    return workbook_response(template(title, FACT_COLUMNS, get_language()), title)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    _recorders_only(request)
    return submit_sheet(
        request,
        lambda file: operations.take_facts(file=file, by=request.user),
        back=reverse("registers:import"),
        shown="registers:import_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    context = {**_frame(), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "registers/import_job.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_facts(job=_job(request, pk), by=request.user).pk
    return redirect("registers:import_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    _recorders_only(request)
    jobs = jobs_visible_to(request.user)
    return get_object_or_404(jobs.filter(kind__in=(operations.CHECK, operations.IMPORT)), pk=pk)


def _recorders_only(request: HttpRequest) -> None:
    or_404(permissions.may_record(request.user))


def _crumbs(label: str) -> list[dict[str, str]]:
    return [
        {"label": _("Facts from registers"), "url": reverse("registers:facts")},
        {"label": label},
    ]


def _frame() -> dict[str, Any]:
    title = _("Take in a list of facts")
    return {"title": title, "breadcrumb": _crumbs(title)}
