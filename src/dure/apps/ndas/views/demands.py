"""Request sheets, hand-overs of technical data, and doubts about what is secret."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.ndas import operations, permissions, presenters, queries
from dure.apps.ndas.forms import (
    DoubtForm,
    ExchangeForm,
    ExchangesForm,
    SheetAgreementForm,
    SheetForm,
)
from dure.apps.ndas.models import Exchange, RequestSheet
from dure.apps.ndas.operations import NewSheet
from dure.apps.ndas.stages import SheetStage
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.identity import confirm_identity
from dure.values.text import clean

ON_A_PAGE = 50
EXPORTED = 10_000


@login_required
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The request sheets of one's own organisations, all for staff."""
    return listing.list_page(
        request,
        "ndas/sheets.html",
        queries.sheets_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "breadcrumb": [_ndas(), {"label": _("Request sheets for technical data")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Give a request sheet."""
    form = SheetForm(request.POST or None, user=request.user)

    def give(cleaned: dict) -> None:
        asking, holding = cleaned.pop("asking_party"), cleaned.pop("holding_party")
        operations.give_sheet(
            asking=asking,
            holding=holding,
            sheet=NewSheet(**cleaned),
            by=request.user,
            at=timezone.now(),
        )

    return form_page(
        request,
        form,
        give,
        title=_("Ask in writing for technical data"),
        lead=_("The law wants these items in writing, on the day on which you ask."),
        button=_("Give the sheet"),
        back=reverse("ndas:sheets"),
        breadcrumb=[_ndas(), _sheets(), {"label": _("Ask in writing for technical data")}],
        done=_("Given. The managers of the other side are told."),
    )


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One request sheet, and what comes next."""
    request_sheet = _sheet(request, pk)
    context = {
        "sheet": request_sheet,
        "tone": presenters.SHEET_TONES.get(SheetStage(request_sheet.stage), ""),
        "moves": presenters.sheet_moves_for(request.user, request_sheet),
        "move_url": reverse("ndas:sheet_move", args=[pk]),
        "may_make": permissions.may_ask_for_agreement(request.user, request_sheet),
        "breadcrumb": [_ndas(), _sheets(), {"label": request_sheet.material}],
    }
    return render(request, "ndas/sheet.html", context)


@require_POST
@login_required
def sheet_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, decline or take back."""
    request_sheet = _sheet(request, pk)
    stage = request.POST.get("stage", "")
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.answer_sheet(
            sheet=request_sheet,
            stage=stage if stage in SheetStage else SheetStage(request_sheet.stage),
            reason=clean(request.POST.get("reason", "")),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("ndas:sheet", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the agreement on secrecy that a request needs, and sign it for who asked."""
    request_sheet = _sheet(request, pk)
    or_404(permissions.may_ask_for_agreement(request.user, request_sheet))
    if request.method == "POST":
        confirm_identity(request)
    return form_page(
        request,
        SheetAgreementForm(request.POST or None, sheet=request_sheet),
        lambda cleaned: operations.ask_for_agreement(
            sheet=request_sheet, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Agreement on secrecy for this request"),
        lead=_("You sign first. It is in force once the other side has signed."),
        button=_("Sign and send"),
        back=reverse("ndas:sheet", args=[pk]),
        breadcrumb=[_ndas(), _sheets(), {"label": request_sheet.material}],
        done=_("Signed. The managers of the other side are told."),
    )


@login_required
@require_safe
def exchanges(request: HttpRequest) -> HttpResponse:
    """Hand-overs of one's own organisations; for staff all, with those that lack an agreement."""
    form, now = ExchangesForm(request.GET), timezone.now()

    def sheet(exchanges: QuerySet[Exchange]) -> listing.Sheet:
        headers, rows = presenters.exchanges_as_rows(exchanges[:EXPORTED], now)
        return {"title": _("Hand-overs of technical data"), "headers": headers, "rows": rows}

    visible = queries.exchanges_visible_to(request.user)
    is_watching = bool(permissions.may_watch(request.user))
    return listing.list_page(
        request,
        "ndas/exchanges.html",
        form.narrow(visible),
        form=form,
        per_page=ON_A_PAGE,
        sheet=sheet,
        context=lambda page: {
            "rows": [(exchange, presenters.covered(exchange, now)) for exchange in page],
            "is_watching": is_watching,
            "threats": presenters.threats() if is_watching else [],
            "lacking": queries.lacking(visible).count(),
            "breadcrumb": [_ndas(), {"label": _("Hand-overs of technical data")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exchange_new(request: HttpRequest) -> HttpResponse:
    """Register a hand-over, also one without an agreement."""

    def register(cleaned: dict) -> None:
        disclosing_party, receiving_party = cleaned.pop("from_party"), cleaned.pop("to_party")
        operations.register_exchange(
            disclosing_party=disclosing_party,
            receiving_party=receiving_party,
            **cleaned,
            by=request.user,
            at=timezone.now(),
        )

    return form_page(
        request,
        ExchangeForm(request.POST or None, user=request.user),
        register,
        title=_("Register a hand-over"),
        lead=_("Also what was shown or given elsewhere, or without an agreement: then it says so."),
        button=_("Register"),
        back=reverse("ndas:exchanges"),
        breadcrumb=[_ndas(), _exchanges(), {"label": _("Register a hand-over")}],
        done=_("Registered, in the sealed record too."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Doubt that what an agreement calls secret is."""
    ndas = get_object_or_404(queries.ndas_visible_to(request.user), pk=pk)
    or_404(permissions.may_raise_doubt(request.user, ndas, timezone.now()))
    return form_page(
        request,
        DoubtForm(request.POST or None),
        lambda cleaned: operations.raise_doubt(
            nda=ndas, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Doubt the secrecy"),
        lead=_(
            "Say what is not secret, and why. The other side answers in writing within 15 days."
        ),
        button=_("Send"),
        back=reverse("ndas:nda", args=[pk]),
        breadcrumb=[_ndas(), {"label": ndas.material}],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def doubt_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a doubt."""
    doubt = get_object_or_404(queries.doubts_visible_to(request.user), pk=pk)
    or_404(permissions.may_answer_doubt(request.user, doubt))
    return form_page(
        request,
        DoubtForm(request.POST or None),
        lambda cleaned: operations.answer_doubt(
            doubt=doubt, answer=cleaned["text"], by=request.user, at=timezone.now()
        ),
        title=_("Answer the doubt"),
        lead=doubt.text,
        button=_("Send"),
        back=reverse("ndas:nda", args=[doubt.nda_id]),
        breadcrumb=[_ndas(), {"label": doubt.nda.material}],
    )


def _sheet(request: HttpRequest, pk: int) -> RequestSheet:
    return get_object_or_404(queries.sheets_visible_to(request.user), pk=pk)


def _ndas() -> dict[str, str]:
    return {"label": _("Non-disclosure agreements"), "url": reverse("ndas:ndas")}


def _sheets() -> dict[str, str]:
    return {"label": _("Request sheets for technical data"), "url": reverse("ndas:sheets")}


def _exchanges() -> dict[str, str]:
    return {"label": _("Hand-overs of technical data"), "url": reverse("ndas:exchanges")}
