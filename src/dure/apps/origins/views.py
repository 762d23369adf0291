"""Originals of one's own, registering one, the certificate, and the check that everybody may make."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.origins import operations, permissions, presenters, queries
from dure.apps.origins.forms import CertificateForm, CheckForm, OriginForm, OriginsForm
from dure.apps.origins.models import Origin
from dure.foundation.paper import pdf
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404, pdf_response, refusal_in
from dure.foundation.ui.form_page import form_page, show_form
from dure.foundation.ui.identity import confirm_identity
from dure.foundation.web import takes_files_in_memory

ON_A_PAGE = 30
TEMPLATE = "origins/fingerprint_form.html"


@login_required
@require_safe
def origins(request: HttpRequest) -> HttpResponse:
    """The originals of one's own organisations; also as Excel."""
    or_404(permissions.may_use_origins(request.user))
    form = OriginsForm(request.GET)
    form.is_valid()
    return listing.list_page(
        request,
        "origins/origins.html",
        queries.narrowed(
            queries.origins_visible_to(request.user), form.cleaned_data.get("words", "")
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.sheet,
        context=lambda page: {"breadcrumb": [{"label": _("Proof of origin")}]},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def new(request: HttpRequest) -> HttpResponse:
    """Register the fingerprint of an original, signed for one's organisation."""
    if not queries.organisations_to_register_for(request.user).exists():
        raise Http404
    is_post = request.method == "POST"
    form = OriginForm(
        request.POST if is_post else None, request.FILES if is_post else None, user=request.user
    )
    made: list[Origin] = []

    def register(given: dict[str, Any]) -> None:
        made.append(operations.register(**given, by=request.user, at=timezone.now()))

    return form_page(
        request,
        form,
        register,
        title=_("Register an original"),
        lead=_(
            "Only its fingerprint is kept, with who registered it and when, in the sealed record. Keep the"
            " file itself unchanged: the certificate is given only for the same file."
        ),
        button=_("Register"),
        back=reverse("origins:origins"),
        breadcrumb=[_origins(), {"label": _("Register an original")}],
        done=_("Registered, in the sealed record too."),
        template=TEMPLATE,
    )


@login_required
@require_safe
def origin(request: HttpRequest, pk: int) -> HttpResponse:
    """One original: its fingerprint, who registered it when, and its proofs."""
    this_origin = _origin(request, pk)
    context = {"origin": this_origin, "breadcrumb": [_origins(), {"label": this_origin.title}]}
    return render(request, "origins/origin.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate (원본증명서) as a PDF, for who shows the same file once more."""
    origin = _origin(request, pk)
    is_post = request.method == "POST"
    form = CertificateForm(request.POST if is_post else None, request.FILES if is_post else None)
    if is_post and form.is_valid():
        confirm_identity(request)
        with refusal_in(form, "file") as outcome:
            operations.certify(
                origin=origin,
                sha256=form.cleaned_data["sha256"],
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            return _paper(origin, form.cleaned_data["language"])
    return show_form(
        request,
        form,
        title=_("Certificate of an original"),
        lead=_(
            "Choose the file once more. The certificate is given where its fingerprint is the one that"
            " was registered, and that it was given is recorded."
        ),
        button=_("Get the certificate"),
        back=origin.get_absolute_url(),
        breadcrumb=[
            _origins(),
            {"label": origin.title, "url": origin.get_absolute_url()},
            {"label": _("Certificate of an original")},
        ],
        template=TEMPLATE,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def check(request: HttpRequest) -> HttpResponse:
    """Whether a file is the one that was registered under a number; for everybody."""
    is_post = request.method == "POST"
    form = CheckForm(request.POST if is_post else None, request.FILES if is_post else None)
    matching, is_read = None, is_post and form.is_valid()
    if is_read:
        matching = queries.origin_matching(
            request.user, number=form.cleaned_data["number"], sha256=form.cleaned_data["sha256"]
        )
    return show_form(
        request,
        form,
        title=_("Is it the original?"),
        lead=_(
            "Compares a file with what was registered: the same fingerprint means the same content, bit"
            " for bit. Nothing of the file is kept."
        ),
        button=_("Compare"),
        back=reverse("origins:check"),
        breadcrumb=[{"label": _("Is it the original?")}],
        template=TEMPLATE,
        match=matching,
        is_read=is_read,
    )


def _paper(origin: Origin, language: str) -> HttpResponse:
    with translation.override(language):
        context = {
            "origin": origin,
            "sealed": presenters.sealed(origin),
            "language": language,
            "operator": settings.DURE_OPERATOR,
        }
        content = pdf(render_to_string("origins/certificate_paper.html", context))
        return pdf_response(content, f"{_('Certificate of an original')} {origin.number}")


def _origin(request: HttpRequest, pk: int) -> Origin:
    return get_object_or_404(queries.origins_visible_to(request.user), pk=pk)


def _origins() -> dict[str, str]:
    return {"label": _("Proof of origin"), "url": reverse("origins:origins")}
