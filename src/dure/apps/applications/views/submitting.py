"""From the draft to the receipt: filed, approved, received, withdrawn."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.models import Application
from dure.apps.applications.views.shared import draft_or_404, frame
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.web import arrived_at


@require_POST
@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """File a draft, take it back, or withdraw what was submitted."""
    application, now, stage = (
        draft_or_404(request, pk),
        arrived_at(request),
        request.POST.get("stage"),
    )
    if stage == "FILE":
        with flash_outcome(request, _("Filed. It is received once the signatory approves it.")):
            operations.file(application=application, by=request.user, at=now)
    elif stage == "TAKE_BACK":
        with flash_outcome(request, _("It can be changed again.")):
            operations.take_back_filing(application=application, by=request.user)
    elif stage == "WITHDRAW":
        with flash_outcome(request, _("Withdrawn. Nothing of yours stands now.")):
            operations.withdraw(application=application, by=request.user, at=now)
    else:
        raise Http404
    return redirect("applications:application", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The signatory reads it and approves; the moment at which the request arrived counts."""
    now = arrived_at(request)
    draft = draft_or_404(request, pk)
    if draft.organisation_id not in queries.signed_for(request.user, localdate(now)):
        raise Http404
    if request.method == "POST":
        with flash_outcome(request) as outcome:
            submission = operations.submit(application=draft, by=request.user, at=now)
            outcome.done = (
                ""
                if submission.is_late
                else _("Received: %(receipt)s") % {"receipt": submission.receipt_number}
            )
        page = "receipt" if outcome.is_done else "approve"
        return redirect(f"applications:{page}", pk)
    content = adapter.snapshot_of(draft, draft.submissions.count() + 1).content
    context = frame(draft, now, _("Approve and submit")) | {
        "may_submit": permissions.may_submit(request.user, draft, now)
    }
    return render(
        request, "applications/approve.html", context | presenters.content_rows(draft, content)
    )


@never_cache
@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received: number, time to the second, SHA-256."""
    application, now = draft_or_404(request, pk), timezone.now()
    return render(request, "applications/receipt.html", _receipt(application, now))


@never_cache
@require_safe
@login_required
def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt on paper."""
    draft = draft_or_404(request, pk)
    submission = queries.submissions_of(draft).first()
    if submission is None:
        raise Http404
    return HttpResponse(
        presenters.receipt_paper(submission),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="receipt-{submission.receipt_number}.pdf"'
        },
    )


def _receipt(application: Application, now: datetime) -> dict[str, Any]:
    newest = queries.submissions_of(application).first()
    if newest is None:
        raise Http404
    return frame(application, now, _("Receipt")) | {
        "newest": newest,
        "submissions": queries.submissions_of(application),
        "opens_at": queries.opens_at(application.call, application.round),
    }
