"""Facts from registers: the office's list, taking one in, and what is known of an organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.people.queries import organisations_visible_to
from dure.apps.registers import operations, permissions, presenters, queries
from dure.apps.registers.forms import FactsFilter, ReasonForm
from dure.foundation.ui.answers import (
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import in_order, list_page

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
    facts = queries.narrowed(queries.facts_visible_to(request.user), **form.wanted())
    return list_page(
        request,
        "registers/facts.html",
        in_order(facts, request.GET.get("sort"), SORTS, "-recorded"),
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
    context = {"fact": fact, "form": form, "breadcrumb": presenters.crumbs(_("Withdraw a fact"))}
    return render_forms(request, "registers/withdraw.html", context)
