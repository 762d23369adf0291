"""Who signs for an organisation, and who sees only its money."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.people import operations, permissions, presenters, queries
from dure.apps.people.forms import EndMandateForm, MandateForm
from dure.apps.people.models import Organisation
from dure.foundation.ui.answers import or_404, refusal_in, sheet_response, wants_workbook
from dure.foundation.ui.form_page import render_forms, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mandates(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Who acts for an organisation now, later and before; its managers name them here."""
    organisation = get_object_or_404(
        queries.organisations_visible_to(request.user), pk=organisation_id
    )
    or_404(permissions.may_look_inside(request.user, organisation))
    today = timezone.localdate()
    may_name = permissions.may_name_mandates(request.user, organisation)
    mandates = queries.mandates_visible_to(request.user).filter(organisation=organisation)
    if wants_workbook(request):
        return sheet_response(**presenters.mandate_sheet(mandates, organisation, today))
    form = MandateForm(
        sent(request),
        organisation=organisation,
        initial={"first_on": today},
    )
    if request.method == "POST" and may_name and form.is_valid():
        with refusal_in(form) as outcome:
            operations.name_mandate(
                organisation=organisation,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(request, _("Named. The person is told."))
            return redirect("people:mandates", organisation.pk)
    context = {
        "organisation": organisation,
        "rows": presenters.mandate_rows(mandates, request.user, today),
        "form": form,
        "may_name": may_name,
        "managers_sign": not queries.has_signatory(organisation, today),
        "breadcrumb": _breadcrumb(organisation, _("Who acts for it")),
    }
    return render_forms(request, "people/mandates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mandate_end(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """End a mandate, after one more question."""
    mandate = get_object_or_404(queries.mandates_visible_to(request.user), pk=mandate_id)
    form = EndMandateForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.end_mandate(
                mandate=mandate, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            messages.success(request, _("Ended. From today it counts no more."))
            if permissions.may_look_inside(request.user, mandate.organisation):
                return redirect("people:mandates", mandate.organisation_id)
            return redirect("people:account")
    context = {
        "mandate": mandate,
        "form": form,
        "may_end": permissions.may_end_mandate(request.user, mandate),
        "breadcrumb": _breadcrumb(mandate.organisation, _("End a mandate")),
    }
    return render_forms(request, "people/mandate_end.html", context)


def _breadcrumb(organisation: Organisation, label: str) -> list[dict[str, str]]:
    page = reverse("people:organisation_detail", args=[organisation.pk])
    return [
        {"label": _("Organisations"), "url": reverse("people:organisation_list")},
        {"label": str(organisation), "url": page},
        {"label": label},
    ]
