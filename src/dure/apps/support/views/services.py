"""The services, who answers them, and their figures."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.support import operations, permissions, presenters, queries
from dure.apps.support.forms import BodyForm
from dure.apps.support.kinds import services as known_services
from dure.apps.support.pages import crumbs, service_for
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service with its terms of today; one's own open requests."""
    user, today = request.user, localdate()
    mine = queries.requests_visible_to(user).filter(closed_at=None)[:5]
    context = {
        "themes": presenters.services_by_theme(user, today),
        "rows": presenters.rows_of(mine, today),
        "profiles": queries.own_profiles(user)[:5],
        "may_see_figures": permissions.may_see_figures(user),
        "may_search": permissions.may_search_profiles(user),
        "breadcrumb": [{"label": _("Support services")}],
    }
    return render(request, "support/services.html", context)


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """How each service is used, and who answers it where."""
    or_404(permissions.may_see_figures(request.user))
    known = queries.bodies_now()
    context = {
        "rows": presenters.figures_of(queries.requests_visible_to(request.user), localdate()),
        "bodies": [
            {"body": body, "service": service_for(body.service),
             "region": presenters.region_name(body.region)}
            for body in known
        ],
        "services": list(known_services().values()),
        "may_run": permissions.may_run(request.user),
        "breadcrumb": crumbs(_("Figures of services")),
    }  # fmt: skip
    return render(request, "support/figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name_body(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who answers a service in a region."""
    service = service_for(slug)
    or_404(permissions.may_run(request.user))
    form = BodyForm(sent(request), user=request.user)

    def act(values: dict[str, Any]) -> None:
        operations.name_body(
            service=service, organisation=values["organisation"], region=values["region"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    title = _("Who answers?")
    return form_page(
        request,
        form,
        act,
        title=title,
        lead=str(service),
        button=_("Save"),
        back=reverse("support:services"),
        breadcrumb=crumbs(str(service), title),
        done=_("Saved. New requests of the region go there."),
        field="organisation",
    )
