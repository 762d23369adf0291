"""One's own applications."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.applications import queries
from dure.foundation.ui.listing import list_page


@require_safe
@login_required
def application_list(request: HttpRequest) -> HttpResponse:
    """The applications in which one takes part."""
    return list_page(
        request,
        "applications/list.html",
        queries.applications_visible_to(request.user).order_by("-created_at", "-pk"),
        per_page=20,
        context=lambda page: {"breadcrumb": [{"label": _("Applications")}]},
    )


@require_safe
@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application."""
    found = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    return render(request, "applications/application.html", {"application": found})
