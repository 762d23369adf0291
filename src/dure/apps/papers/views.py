"""The document box: its list, one paper, filing, opening, removing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.papers import operations, permissions, presenters, queries
from dure.apps.papers.forms import ACCEPT, BoxFilter, PaperForm, VersionForm
from dure.apps.papers.models import Paper
from dure.apps.people.queries import organisations_of
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.web import takes_files_in_memory

SORTS = {
    "paper": ("paper__kind", "paper__title", "pk"),
    "organisation": ("paper__organisation__name", "paper__kind", "pk"),
    "issued": ("issued_on", "pk"),
    "expires": ("expires_on", "pk"),
}


@require_safe
@login_required
def box(request: HttpRequest) -> HttpResponse:
    """The papers of one's own organisations; what runs out stands first. Also as Excel."""
    today = timezone.localdate()
    form = BoxFilter(request.GET, user=request.user)
    papers = queries.narrowed(queries.box_of(request.user), on=today, **form.wanted())
    own = organisations_of(request.user)
    return list_page(
        request,
        "papers/box.html",
        in_order(papers, request.GET.get("sort"), SORTS, "expires"),
        form=form,
        per_page=30,
        sheet=lambda rows: presenters.sheet(rows, today),
        context=lambda page: {
            "rows": presenters.rows(page, today),
            "has_organisation": own.exists(),
            "breadcrumb": [{"label": _("Document box")}],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """File a paper."""
    if not organisations_of(request.user).exists():
        raise Http404
    is_post = request.method == "POST"
    wished = {"issued_on": timezone.localdate(), "kind": request.GET.get("kind", "")}
    form = PaperForm(request.POST if is_post else None, user=request.user, initial=wished)
    file = request.FILES.get("file")
    if is_post and form.is_valid() and _has_file(form, file):
        with refusal_in(form) as outcome:
            version = operations.file_paper(
                **form.cleaned_data, file=file, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            messages.success(request, _("Filed. Only the people of your organisation see it."))
            return redirect("papers:paper", version.paper_id)
    context = {"form": form, "accept": ACCEPT, "breadcrumb": _crumbs(_("File a paper"))}
    return render_forms(request, "papers/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: its versions, who looked at it; a newer one is filed here."""
    shown = _paper(request, pk)
    is_post, today = request.method == "POST", timezone.localdate()
    form = VersionForm(request.POST if is_post else None, initial={"issued_on": today})
    file = request.FILES.get("file")
    if is_post and form.is_valid() and _has_file(form, file):
        with refusal_in(form) as outcome:
            operations.add_version(
                paper=shown, **form.cleaned_data, file=file, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            messages.success(request, _("The new version is filed; the older ones stay."))
            return redirect("papers:paper", pk)
    versions = queries.versions_visible_to(request.user).filter(paper=shown)
    context = {
        "paper": shown,
        "rows": presenters.rows(versions.select_related("created_by"), today),
        "looks": queries.looks_visible_to(request.user).filter(version__paper=shown)[:50],
        "form": form,
        "accept": ACCEPT,
        "may_add": permissions.may_add_version(request.user, shown),
        "may_remove": permissions.may_remove(request.user, shown),
        "breadcrumb": _crumbs(str(shown)),
    }
    return render_forms(request, "papers/paper.html", context)


@never_cache
@require_POST
@login_required
def open_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file, to be saved, never shown; that somebody looked is kept."""
    version = get_object_or_404(queries.versions_visible_to(request.user), pk=pk)
    with flash_outcome(request) as outcome:
        content = operations.open_version(
            version=version, purpose=_("Opened on its page"), by=request.user, at=timezone.now()
        )
    if not outcome.is_done:
        return redirect("papers:paper", version.paper_id)
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, version.name),
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of the box."""
    with flash_outcome(request, _("Removed. Its files are deleted.")) as outcome:
        operations.remove(paper=_paper(request, pk), by=request.user, at=timezone.now())
    return redirect("papers:box") if outcome.is_done else redirect("papers:paper", pk)


def _paper(request: HttpRequest, pk: int) -> Paper:
    return get_object_or_404(queries.papers_visible_to(request.user), pk=pk)


def _has_file(form: VersionForm, file: object) -> bool:
    if file is None:
        form.add_error(None, _("Choose a file first."))
    return file is not None


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Document box"), "url": reverse("papers:box")}, {"label": label}]
