"""Agreements: the list, one of them, its moves, its return, who read what, and the paper."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.ndas import operations, permissions, presenters, queries
from dure.apps.ndas.forms import NdasForm
from dure.apps.ndas.models import Nda, ReturnWay
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.queries import people_in_any, roles_of
from dure.foundation.paper import pdf
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, pdf_response, sheet_response, wants_workbook
from dure.foundation.ui.identity import confirm_identity
from dure.values.text import clean

ON_A_PAGE = 50
EXPORTED = 10_000
READINGS_SHOWN = 50


@login_required
@require_safe
def ndas(request: HttpRequest) -> HttpResponse:
    """The agreements of one's own organisations, all for staff; also as an Excel workbook."""
    now = timezone.now()
    form = NdasForm(
        request.GET,
        own=roles_of(request.user).organisations,
        today=timezone.localdate(now),
    )

    def sheet(ndas: QuerySet[Nda]) -> listing.Sheet:
        whole = ndas.select_related("disclosing_party", "receiving_party", "return_confirmed_by")
        headers, rows = presenters.as_rows(whole.prefetch_related("people")[:EXPORTED], now)
        return {"title": _("Agreements"), "headers": headers, "rows": rows}

    return listing.list_page(
        request,
        "ndas/ndas.html",
        form.narrow(queries.ndas_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        sheet=sheet,
        people=lambda ndas: (
            people_in_any(ndas.order_by().values("disclosing_party"))
            | people_in_any(ndas.order_by().values("receiving_party"))
        ),
        context=lambda page: {
            "title": _("Non-disclosure agreements"),
            "breadcrumb": [{"label": _("Non-disclosure agreements")}],
            "rows": [
                {
                    "nda": nda,
                    "state": presenters.state_of(nda, now),
                    "return": presenters.return_of(nda, now),
                }
                for nda in page
            ],
        },
    )


@login_required
@require_safe
def nda(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: what both sides sign, where it stands, who read what; that also as Excel."""
    nda, now = _nda(request, pk), timezone.now()
    access_records = queries.access_records_of(nda)
    if wants_workbook(request):
        title, rows = (
            _("Who read what"),
            presenters.access_records_as_rows(access_records[:EXPORTED]),
        )
        return sheet_response(title, *rows, name=f"{title}-{pk}")
    context = _context(nda, now) | {
        "title": _("Non-disclosure agreement"),
        "breadcrumb": [
            {"label": _("Non-disclosure agreements"), "url": reverse("ndas:ndas")},
            {"label": nda.material},
        ],
        "state": presenters.state_of(nda, now),
        "stages": presenters.path_of(nda, now),
        "turn": presenters.turn_of(nda, now),
        "may_confirm": presenters.confirming(request.user, nda, now),
        "ways": ReturnWay.choices,
        "access_records": access_records[:READINGS_SHOWN],
        "readings_shown": READINGS_SHOWN,
        "moves": presenters.moves_for(request.user, nda, now),
        "move_url": reverse("ndas:nda_move", args=[nda.pk]),
        "doubts": presenters.doubts_of(request.user, nda),
        "may_doubt": permissions.may_raise_doubt(request.user, nda, now),
        "law": presenters.law_of(nda),
        "drafts": presenters.drafts_of(request.user, nda, now),
        "may_counter": permissions.may_counter(request.user, nda, now),
        "staff_notices": presenters.staff_notices_of(request.user, nda, now),
        "may_change_staff": permissions.may_give_staff_notice(request.user, nda, now),
    }
    return render(request, "ndas/nda.html", context)


@require_POST
@login_required
def nda_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign, refuse, take back or end an agreement."""
    nda = _nda(request, pk)
    stage = request.POST.get("stage", "")
    if stage == NdaStage.SIGNED:
        confirm_identity(request)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.move(
            nda=nda,
            stage=stage if stage in NdaStage else NdaStage(nda.stage),
            reason=clean(request.POST.get("reason", "")),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("ndas:nda", pk)


@require_POST
@login_required
def nda_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that what was received was returned or destroyed."""
    nda = _nda(request, pk)
    with flash_outcome(request, _("Confirmed. The other side is told.")):
        operations.confirm_return(
            nda=nda,
            way=request.POST.get("way", ""),
            how=clean(request.POST.get("how", "")),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("ndas:nda", pk)


@login_required
@require_safe
def nda_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement on paper."""
    nda, language = _nda(request, pk), get_language()
    context = _context(nda, timezone.now())
    context |= {"language": language, "parties": nda.parties_in(language)}
    return pdf_response(pdf(render_to_string("ndas/nda_paper.html", context)), nda.document_number)


@login_required
@require_safe
def signed_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as both sides signed it (PAdES)."""
    nda = _nda(request, pk)
    if not nda.file:
        raise Http404
    with nda.file.open("rb") as file:
        return pdf_response(file.read(), nda.document_number)


def _nda(request: HttpRequest, pk: int) -> Nda:
    ndas = queries.ndas_visible_to(request.user).select_related(
        "requested_by", "answered_by", "ended_by", "return_confirmed_by"
    )
    return get_object_or_404(ndas, pk=pk)


def _context(nda: Nda, now: datetime) -> dict[str, object]:
    return {
        "nda": nda,
        "clauses": nda.in_language(get_language()),
        "people": list(nda.people.order_by("pk")),
        "is_signed": nda.stage in (NdaStage.SIGNED, NdaStage.ENDED),
        "return": presenters.return_of(nda, now),
    }
