"""Agreements: the list, one of them, its moves, and the paper."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.apps.people.queries import standing_of
from dure.apps.records import operations, presenters, queries
from dure.apps.records.forms import NdasForm
from dure.apps.records.models import Nda
from dure.apps.records.stages import NdaStage
from dure.foundation.paper import pdf
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing
from dure.foundation.ui.answers import answered, workbook_response

ON_A_PAGE = 50
EXPORTED = 10_000


@login_required
@require_GET
def ndas(request: HttpRequest) -> HttpResponse:
    """The agreements of one's own organisations, all for staff; also as an Excel workbook."""
    now = timezone.now()
    form = NdasForm(request.GET, own=standing_of(request.user).organisations)
    found = form.narrow(queries.ndas_visible_to(request.user))
    if request.GET.get("format") == "xlsx":
        rows = presenters.as_rows(found.prefetch_related("people")[:EXPORTED], now)
        name = f"{_('Agreements')}-{timezone.localdate(now).isoformat()}"
        return workbook_response(workbook(_("Agreements"), *rows), name)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Non-disclosure agreements"),
        "breadcrumb": [{"label": _("Non-disclosure agreements")}],
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page,
        "rows": [
            {
                "nda": nda,
                "state": presenters.state_of(nda, now),
                "last_day": presenters.last_day(nda),
            }
            for nda in page
        ],
    }
    return render(request, "records/ndas.html", context)


@login_required
@require_GET
def nda(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: what both sides sign, who reads the material, where it stands."""
    found, now = _nda(request, pk), timezone.now()
    next_step, who = presenters.turn_of(found, now)
    context = _told(found) | {
        "title": _("Non-disclosure agreement"),
        "breadcrumb": [
            {"label": _("Non-disclosure agreements"), "url": reverse("records:ndas")},
            {"label": found.material},
        ],
        "state": presenters.state_of(found, now),
        "stages": presenters.path_of(found, now),
        "next_step": next_step,
        "who": who,
        "moves": presenters.moves_for(request.user, found, now),
        "move_url": reverse("records:nda_move", args=[found.pk]),
    }
    return render(request, "records/nda.html", context)


@require_POST
@login_required
def nda_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign, refuse, take back or end an agreement."""
    found = _nda(request, pk)
    stage = request.POST.get("stage", "")
    with answered(request, _("Done. The other side is told.")):
        operations.move(
            nda=found,
            stage=stage if stage in NdaStage else NdaStage(found.stage),
            because=request.POST.get("because", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("records:nda", pk)


@login_required
@require_GET
def nda_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement on paper."""
    context = _told(_nda(request, pk)) | {"language": get_language()}
    return HttpResponse(
        pdf(render_to_string("records/nda_paper.html", context)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="nda-{pk}.pdf"'},
    )


def _nda(request: HttpRequest, pk: int) -> Nda:
    found = queries.ndas_visible_to(request.user).select_related(
        "asked_by", "answered_by", "ended_by"
    )
    return get_object_or_404(found, pk=pk)


def _told(found: Nda) -> dict[str, object]:
    return {
        "nda": found,
        "clauses": found.in_language(get_language()),
        "people": list(found.people.order_by("pk")),
        "is_signed": found.stage in (NdaStage.SIGNED, NdaStage.ENDED),
        "last_day": presenters.last_day(found),
    }
