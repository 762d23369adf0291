"""What changes an agreement: other words before it is signed, another staff list while it is in force."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.ndas import operations, permissions, queries
from dure.apps.ndas.forms import CounterForm, StaffNoticeForm
from dure.apps.ndas.models import Nda
from dure.apps.ndas.stages import DraftStage
from dure.foundation.ui.answers import flash_outcome, or_404, pdf_response
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.identity import confirm_identity
from dure.values.text import clean


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose other words, clause by clause."""
    nda = _nda(request, pk)
    or_404(permissions.may_counter(request.user, nda, timezone.now()))
    if request.method == "POST":
        confirm_identity(request)
    standing = nda.drafts.filter(stage=DraftStage.OFFERED).first()
    form = CounterForm(request.POST or None, terms=standing.terms if standing else nda.terms)
    return form_page(
        request,
        form,
        lambda cleaned: operations.counter(
            nda=nda, texts=form.texts(), note=cleaned["note"], by=request.user, at=timezone.now()
        ),
        title=_("Propose other words"),
        lead=_(
            "Change what you would sign otherwise. The other side sees each change, word by word,"
            " and accepts it, declines it or answers with other words."
        ),
        button=_("Send to the other side"),
        back=reverse("ndas:nda", args=[pk]),
        breadcrumb=[_ndas(), {"label": nda.material}],
        done=_("Sent. The other side is told."),
    )


@require_POST
@login_required
def draft_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the other side's words or decline them."""
    draft = get_object_or_404(queries.drafts_visible_to(request.user), pk=pk)
    confirm_identity(request)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.answer_draft(
            draft=draft,
            is_accepted=request.POST.get("answer") == "accept",
            by=request.user,
            at=timezone.now(),
        )
    return redirect("ndas:nda", draft.nda_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Give notice, signed, of other people who will hold the material."""
    nda = _nda(request, pk)
    or_404(permissions.may_give_staff_notice(request.user, nda, timezone.now()))
    if request.method == "POST":
        confirm_identity(request)
    return form_page(
        request,
        StaffNoticeForm(request.POST or None, nda=nda),
        lambda cleaned: operations.give_staff_notice(
            nda=nda, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Change the staff list"),
        lead=_(
            "You sign the new list for your organisation. It holds once the other side consents;"
            " until then the old one does."
        ),
        button=_("Sign and send"),
        back=reverse("ndas:nda", args=[pk]),
        breadcrumb=[_ndas(), {"label": nda.material}],
        done=_("Signed. The managers of the other side are told."),
    )


@require_POST
@login_required
def staff_notice_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to another staff list, or decline it."""
    notice = get_object_or_404(queries.staff_notices_visible_to(request.user), pk=pk)
    is_consent = request.POST.get("answer") == "consent"
    if is_consent:
        confirm_identity(request)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.answer_staff_notice(
            notice=notice,
            is_consent=is_consent,
            reason=clean(request.POST.get("reason", "")),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("ndas:nda", notice.nda_id)


@login_required
@require_safe
def staff_notice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it was signed (PAdES)."""
    notice = get_object_or_404(queries.staff_notices_visible_to(request.user), pk=pk)
    with notice.file.open("rb") as file:
        return pdf_response(file.read(), f"{notice.nda.document_number}-staff")


def _nda(request: HttpRequest, pk: int) -> Nda:
    return get_object_or_404(queries.ndas_visible_to(request.user), pk=pk)


def _ndas() -> dict[str, str]:
    return {"label": _("Non-disclosure agreements"), "url": reverse("ndas:ndas")}
