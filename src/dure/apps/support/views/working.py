"""Visits, reports, satisfaction."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.support import operations, permissions, queries
from dure.apps.support.forms import RateForm, ReportForm, VisitForm
from dure.apps.support.models import SupportRequest
from dure.apps.support.pages import crumbs
from dure.apps.support.views.requests import on_request, seen
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.web import takes_files


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a visit: the owner, or the partner who came."""
    worked, back = _worked_on(request, pk)
    or_404(permissions.may_note_visit(request.user, worked))
    form = VisitForm(sent(request), request=worked)
    title = _("Note a visit")

    def act(values: dict[str, Any]) -> None:
        operations.note_visit(request=worked, by=request.user, at=timezone.now(), **values)

    return form_page(
        request, form, act, title=title, lead=str(worked), button=_("Save"), back=back,
        breadcrumb=crumbs(title, request=worked if back == worked.get_absolute_url() else None),
        done=_("Noted."), field="hours",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the report."""
    support_request = seen(request, pk)
    or_404(permissions.may_report(request.user, support_request))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReportForm(*given)

    def act(values: dict[str, Any]) -> None:
        operations.report(request=support_request, by=request.user, at=timezone.now(), **values)

    return on_request(
        request, support_request, form, act, title=pgettext("support", "Report"), button=pgettext("support", "Report"),
        done=_("Reported. The firm is told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how satisfied the firm is."""
    support_request = seen(request, pk)
    or_404(permissions.may_rate(request.user, support_request))
    form = RateForm(sent(request))

    def act(values: dict[str, Any]) -> None:
        operations.rate(request=support_request, by=request.user, at=timezone.now(), **values)

    return on_request(
        request, support_request, form, act, title=_("How satisfied are you?"), button=_("Save"),
        done=_("Thank you."),
    )  # fmt: skip


@require_safe
@login_required
def report_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a report."""
    report = get_object_or_404(queries.reports_visible_to(request.user), pk=pk)
    if not report.file or not permissions.may_read_inside(request.user, report.request):
        raise Http404
    return FileResponse(report.file.open("rb"), as_attachment=True, filename=report.name)


def _worked_on(request: HttpRequest, pk: int) -> tuple[SupportRequest, str]:
    """A request that the reader sees, or for which they are a partner; and the page to go back to."""
    support_request = queries.requests_visible_to(request.user).filter(pk=pk).first()
    if support_request is not None:
        return support_request, support_request.get_absolute_url()
    own = queries.candidates_visible_to(request.user).filter(request=pk).first()
    if own is None:
        raise Http404
    return own.request, own.get_absolute_url()
