"""Technology deals: the list, one of them with its steps, the entrusted technologies, the figures."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.catalog.queries import technologies_visible_to
from dure.apps.deals import operations, permissions, presenters, queries
from dure.apps.deals.forms import (
    DealsForm,
    EntrustForm,
    FailureForm,
    FileForm,
    JudgeForm,
    PaidForm,
    ProposeForm,
    TermsForm,
)
from dure.apps.deals.models import Deal
from dure.apps.deals.operations import NewDeal
from dure.foundation.ui import listing
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    pdf_response,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import form_page, show_form
from dure.foundation.ui.identity import confirm_identity

ON_A_PAGE = 30


@login_required
@require_safe
def deals(request: HttpRequest) -> HttpResponse:
    """The deals of one's own organisations, all for brokers and auditors; also as Excel."""
    or_404(permissions.may_see_deals(request.user))
    form = DealsForm(request.GET)
    return listing.list_page(
        request,
        "deals/deals.html",
        form.narrow(queries.deals_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda listed: presenters.sheet(request.user, listed),
        context=lambda page: {
            "is_broker": bool(permissions.may_broker(request.user)),
            "reads_figures": bool(permissions.may_read_figures(request.user)),
            "breadcrumb": [{"label": _("Technology deals")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """File a request for technology from a need."""
    or_404(permissions.may_see_deals(request.user))
    form = FileForm(
        request.POST or None,
        user=request.user,
        needs=queries.needs_to_file(request.user),
        initial={"need": request.GET.get("need")},
    )

    def act(values: dict[str, Any]) -> None:
        finder = values.pop("finder")
        operations.file(deal=NewDeal(**values), finder=finder, by=request.user, at=timezone.now())

    return form_page(
        request,
        form,
        act,
        title=_("File a request for technology"),
        lead=_(
            "Only the owner of the need, you and the brokers of the office read it. A broker judges it"
            " and proposes technologies to the owner alone."
        ),
        button=_("File it"),
        back=reverse("deals:deals"),
        breadcrumb=[_deals(), {"label": _("File a request for technology")}],
        done=_("Filed. A broker judges it next."),
    )


@login_required
@require_safe
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """One deal: the request, what was proposed, terms, signatures, payments."""
    this_deal = _deal(request, pk)
    context = presenters.page_of(request.user, this_deal)
    context["breadcrumb"] = [_deals(), {"label": this_deal.title}]
    return render(request, "deals/deal.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a request is fit for a deal."""
    this_deal = _deal(request, pk)
    or_404(permissions.may_judge(request.user, this_deal))
    return _on(
        request, this_deal, JudgeForm(request.POST or None), operations.judge,
        title=_("Judge the request"), button=_("Judge"), lead=this_deal.text,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a technology, out of what the matching found or any other."""
    this_deal = _deal(request, pk)
    or_404(permissions.may_propose(request.user, this_deal))
    initial = {"technology": request.GET.get("technology")}
    form = ProposeForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST":
        return _on(
            request, this_deal, form, operations.propose,
            title=_("Propose a technology"), button=_("Propose"), lead=this_deal.text,
        )  # fmt: skip
    return show_form(
        request,
        form,
        title=_("Propose a technology"),
        button=_("Propose"),
        lead=this_deal.text,
        back=this_deal.get_absolute_url(),
        breadcrumb=_crumbs(this_deal, _("Propose a technology")),
        template="deals/propose.html",
        deal=this_deal,
        suggested=presenters.suggested(request.user, this_deal),
    )


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal into a room."""
    proposal = get_object_or_404(queries.proposals_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("The room of the two is open, and the other side is told.")):
        operations.take(proposal=proposal, by=request.user, at=timezone.now())
    return redirect(proposal.deal)


@require_POST
@login_required
def negotiate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that talks have begun."""
    this_deal = _deal(request, pk)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.move(deal=this_deal, stage="NEGOTIATING", by=request.user, at=timezone.now())
    return redirect(this_deal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a deal does not come about, and why."""
    this_deal = _deal(request, pk)
    or_404(permissions.may_move(request.user, this_deal, "FAILED"))

    def act(*, deal: Deal, **given: Any) -> None:
        operations.move(deal=deal, stage="FAILED", **given)

    return _on(
        request, this_deal, FailureForm(request.POST or None), act,
        title=_("It does not come about"), button=_("Give it up"),
        lead=_("Why a deal fails counts in the figures of whoever found it."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the terms that both sides sign next."""
    this_deal = _deal(request, pk)
    or_404(permissions.may_set_terms(request.user, this_deal))
    form = TermsForm(
        request.POST or None,
        initial={
            "kind": this_deal.kind or this_deal.wish,
            "terms": this_deal.terms,
            "amount": this_deal.amount,
        },
    )

    def act(*, deal: Deal, by: Any, at: Any, **_said: Any) -> None:
        operations.set_terms(deal=deal, **form.wanted(), by=by, at=at)

    return _on(
        request, this_deal, form, act,
        title=_("Terms"), button=_("Put them down"),
        lead=_("Both sides sign exactly these. They can be changed until one side has signed."),
    )  # fmt: skip


@require_POST
@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the terms for one's side."""
    this_deal = _deal(request, pk)
    confirm_identity(request)
    with flash_outcome(request, _("Signed. The other side is told.")):
        operations.sign(deal=this_deal, by=request.user, at=timezone.now())
    return redirect(this_deal)


@login_required
@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract as both sides signed it (PAdES)."""
    this_deal = _deal(request, pk)
    or_404(permissions.may_read_terms(request.user, this_deal))
    if not this_deal.file:
        raise Http404
    with this_deal.file.open("rb") as file:
        return pdf_response(file.read(), this_deal.document_number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a payment came in."""
    payment = get_object_or_404(queries.payments_visible_to(request.user), pk=pk)
    or_404(permissions.may_enter_payment(request.user, payment))
    form = PaidForm(request.POST or None, initial={"paid_on": timezone.localdate()})

    def act(*, deal: Deal, **given: Any) -> None:
        operations.enter_payment(payment=payment, **given)

    return _on(
        request, payment.deal, form, act, title=_("A payment came in"), button=_("Enter"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entrusted(request: HttpRequest) -> HttpResponse:
    """The technologies that are entrusted to the office; another one is entered here."""
    or_404(permissions.may_broker(request.user))
    form = EntrustForm(
        request.POST or None,
        technologies=technologies_visible_to(request.user).order_by("title", "pk"),
        initial={"since": timezone.localdate()},
    )
    if request.method == "POST":
        return form_page(
            request,
            form,
            lambda given: operations.entrust(**given, by=request.user, at=timezone.now()),
            title=_("Entrusted technologies"),
            button=_("Enter"),
            back=reverse("deals:entrusted"),
            breadcrumb=[_deals(), {"label": _("Entrusted technologies")}],
            done=_("Entered. It is proposed first from now on."),
        )
    return listing.list_page(
        request,
        "deals/entrusted.html",
        queries.entrusted(),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "form": form,
            "breadcrumb": [_deals(), {"label": _("Entrusted technologies")}],
        },
    )


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What was found, judged, matched and closed by whom, and why not; also as Excel."""
    or_404(permissions.may_read_figures(request.user))
    rows = queries.figures(queries.deals_visible_to(request.user))
    if wants_workbook(request):
        sheet = presenters.figures_sheet(rows)
        return sheet_response(
            sheet["title"], sheet["headers"], sheet["rows"], name=_("Technology deals")
        )
    context = {"figures": rows, "breadcrumb": [_deals(), {"label": _("Figures")}]}
    return render(request, "deals/figures.html", context)


def _on(
    request: HttpRequest,
    this_deal: Deal,
    form: Any,
    act: Any,
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    return form_page(
        request,
        form,
        lambda given: act(deal=this_deal, **given, by=request.user, at=timezone.now()),
        title=title,
        button=button,
        lead=lead,
        back=this_deal.get_absolute_url(),
        breadcrumb=_crumbs(this_deal, title),
        done=_("Done. The other side is told."),
    )


def _deal(request: HttpRequest, pk: int) -> Deal:
    return get_object_or_404(queries.deals_visible_to(request.user), pk=pk)


def _deals() -> dict[str, str]:
    return {"label": _("Technology deals"), "url": reverse("deals:deals")}


def _crumbs(this_deal: Deal, label: str) -> list[dict[str, str]]:
    return [
        _deals(),
        {"label": this_deal.title, "url": this_deal.get_absolute_url()},
        {"label": label},
    ]
