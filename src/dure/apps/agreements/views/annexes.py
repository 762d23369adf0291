"""Files that are agreed on with the text."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.agreements import operations, permissions, presenters, queries
from dure.apps.agreements.forms import AnnexForm
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.web import takes_files


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a draft."""
    shown = get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)
    or_404(permissions.may_annex(request.user, shown, timezone.localdate()))
    title = _("Add an annex")
    return form_page(
        request, AnnexForm(request.POST or None, request.FILES or None),
        lambda given: operations.add_annex(
            agreement=shown, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Add"), field="file", lead=str(shown),
        done=_("Added. The text names it with its hash."),
        back=reverse("agreements:agreement", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )  # fmt: skip


@login_required
@require_safe
def annex(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for those who see the agreement."""
    document = get_object_or_404(queries.annexes_visible_to(request.user), pk=pk)
    return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.name)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a file out of the texts to come."""
    document = get_object_or_404(queries.annexes_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Removed.")):
        operations.remove_annex(annex=document, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", document.agreement_id)
