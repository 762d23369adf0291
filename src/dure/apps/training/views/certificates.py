"""Certificates as PDF, and the page on which anybody checks one by its number."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.training import presenters, queries
from dure.apps.training.forms import CheckForm
from dure.apps.training.kinds import as_number
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import pdf_response
from dure.foundation.ui.form_page import render_forms


@require_safe
@login_required
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate on paper."""
    shown = get_object_or_404(queries.certificates_visible_to(request.user), pk=pk)
    address = request.build_absolute_uri(f"{reverse('training:check')}?number={shown.number}")
    context = {
        "certificate": shown,
        "hours": presenters.hours_of(shown),
        "address": address,
        "language": get_language(),
    }
    paper = pdf(render_to_string("training/certificate_paper.html", context))
    return pdf_response(paper, f"{pgettext('training', 'Certificate')}-{shown.number}")


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """For everybody: is there a certificate with this number, and what does it say?"""
    form = CheckForm(request.GET or None)
    number = as_number(form.cleaned_data["number"]) if form.is_valid() else ""
    shown = queries.certificate_with(number)
    context = {
        "form": form,
        "asked": number,
        "certificate": shown,
        "hours": presenters.hours_of(shown) if shown else "",
        "breadcrumb": [{"label": _("Check a certificate")}],
    }
    return render_forms(request, "training/check.html", context)
