"""Draws of small projects: which of those that ended in a month are settled row by row."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.projects import operations, permissions, queries
from dure.apps.projects.forms import DrawForm
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@require_http_methods(["GET", "HEAD"])
@login_required
def draws(request: HttpRequest) -> HttpResponse:
    """All draws with their projects: for the office and auditors."""
    or_404(permissions.may_read_draws(request.user))
    context = {
        "draws": queries.draws().prefetch_related("projects__project"),
        "may_draw": permissions.may_run(request.user),
        "breadcrumb": [
            {"label": _("Projects"), "url": reverse("projects:list")},
            {"label": _("Draws of small projects")},
        ],
    }
    return render(request, "projects/draws.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draw(request: HttpRequest) -> HttpResponse:
    """Draw the small projects of a month."""
    or_404(permissions.may_run(request.user))
    back = reverse("projects:draws")
    return form_page(
        request,
        DrawForm(sent(request)),
        lambda cleaned: operations.draw_month(**cleaned, by=request.user, at=timezone.now()),
        title=_("Draw small projects"),
        button=_("Draw"),
        done=_("Drawn. What is not drawn is settled as declared."),
        back=back,
        breadcrumb=[
            {"label": _("Projects"), "url": reverse("projects:list")},
            {"label": _("Draws of small projects"), "url": back},
            {"label": _("Draw small projects")},
        ],
        field="month",
    )
