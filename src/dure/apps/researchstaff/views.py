"""A researcher's own page: the application, the firms that ask, consent to each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.researchstaff import operations, permissions, presenters, queries
from dure.apps.researchstaff.forms import FIELDS, ApplicationForm
from dure.apps.researchstaff.models import Application
from dure.apps.support.models import Candidate
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """One's application and the firms that ask; for firms the way to ask."""
    application = queries.own_application(request.user)
    context = {
        "application": application,
        "rows": presenters.firm_rows(request.user),
        "services": queries.services_for_researchers(),
        "may_apply": permissions.may_apply(request.user),
        "figures": presenters.figures() if permissions.may_see_figures(request.user) else [],
        "breadcrumb": [{"label": _("Research staff")}],
    }
    return render(request, "researchstaff/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def apply(request: HttpRequest) -> HttpResponse:
    """Apply as a researcher."""
    or_404(permissions.may_apply(request.user))
    form = ApplicationForm(sent(request), initial={"name": request.user.name})

    def act(cleaned: dict[str, Any]) -> None:
        operations.apply(
            **form.values(), agrees=cleaned["agrees"], by=request.user, at=timezone.now()
        )

    return form_page(
        request, form, act, title=_("Apply as a researcher"), button=pgettext("researcher", "Apply"),
        lead=_("Firms read what you can do under a number, never your name."),
        done=_("Your application is there. You are told when a firm asks for you."),
        back=reverse("researchstaff:own"), breadcrumb=_crumbs(_("Apply as a researcher")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Change or prolong one's application."""
    application = _application(request)
    known = {name: getattr(application, name) for name in FIELDS}
    known |= {"text": application.profile.text, "region": application.profile.region}
    form = ApplicationForm(sent(request), initial=known, is_change=True)

    def act(_cleaned: dict[str, Any]) -> None:
        operations.change(
            application=application, **form.values(), by=request.user, at=timezone.now()
        )

    return form_page(
        request, form, act, title=_("Change or prolong"), lead=str(application), button=_("Save"),
        done=_("Saved."), back=reverse("researchstaff:own"),
        breadcrumb=_crumbs(_("Change or prolong")),
    )  # fmt: skip


@require_POST
@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Erase one's application."""
    application = _application(request)
    with flash_outcome(request, _("Everything that you wrote here is erased.")):
        operations.withdraw(application=application, by=request.user)
    return redirect("researchstaff:own")


@require_POST
@login_required
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a firm read one's name and contact."""
    candidate = _candidate(request, pk)
    with flash_outcome(request, _("The firm can read your name and contact now.")):
        operations.consent(candidate=candidate, by=request.user, at=timezone.now())
    return redirect("researchstaff:own")


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back."""
    candidate = _candidate(request, pk)
    with flash_outcome(request, _("Taken back. The firm reads nothing of it any more.")):
        operations.take_back(candidate=candidate, by=request.user, at=timezone.now())
    return redirect("researchstaff:own")


def _application(request: HttpRequest) -> Application:
    application = queries.own_application(request.user)
    if application is None:
        raise Http404
    return application


def _candidate(request: HttpRequest, pk: int) -> Candidate:
    return get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Research staff"), "url": reverse("researchstaff:own")}, {"label": label}]
