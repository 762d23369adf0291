"""Pages of files signed outside for all: handed in, looked at, accepted or not, withdrawn."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.agreements import operations, permissions, presenters, queries
from dure.apps.agreements.forms import OutsideFileForm, ReasonForm
from dure.apps.agreements.models import OutsideFile, Party
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.identity import confirm_identity
from dure.foundation.web import takes_files


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a file that all parties signed outside."""
    shown = get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)
    or_404(permissions.may_hand_in(request.user, shown, timezone.localdate()))
    title = _("File signed outside")
    return form_page(
        request, OutsideFileForm(request.POST or None, request.FILES or None),
        lambda given: operations.hand_in(
            agreement=shown, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Hand the file in"), field="file",
        lead=_("It counts once every party accepted this very file, the agency last."),
        done=_("Handed in. Every party is asked to accept it."),
        back=reverse("agreements:agreement", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )  # fmt: skip


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for those who see the agreement."""
    outside = _file(request, pk)
    return FileResponse(outside.file.open("rb"), as_attachment=True, filename=outside.name)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Accept the file for a party."""
    outside, accepting = _file(request, pk), _party(request, party)
    confirm_identity(request)
    with flash_outcome(request, _("Accepted. Once all have, the agreement counts as signed.")):
        operations.accept_file(file=outside, party=accepting, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", accepting.agreement_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Say for a party why the file is not the agreement."""
    outside, declining = _file(request, pk), _party(request, party)
    or_404(permissions.may_decline(request.user, outside, declining, timezone.localdate()))
    title = _("Do not accept for %(party)s") % {"party": declining}
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.decline_file(
            file=outside, party=declining, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Do not accept"), lead=outside.name,
        done=_("Said. The file no longer counts; everybody is told why."),
        back=reverse("agreements:agreement", args=[declining.agreement_id]),
        breadcrumb=presenters.crumbs(declining.agreement, title),
    )  # fmt: skip


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file back."""
    outside = _file(request, pk)
    with flash_outcome(request, _("Withdrawn.")):
        operations.withdraw_file(file=outside, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", outside.text.agreement_id)


def _file(request: HttpRequest, pk: int) -> OutsideFile:
    return get_object_or_404(queries.outside_files_visible_to(request.user), pk=pk)


def _party(request: HttpRequest, pk: int) -> Party:
    return get_object_or_404(queries.parties_acted_for(request.user), pk=pk)
