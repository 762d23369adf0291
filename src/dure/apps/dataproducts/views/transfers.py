"""Transfers of data: asked for, answered, handed over, compared."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.dataproducts import operations, permissions, presenters, queries
from dure.apps.dataproducts.forms import AskForm, FilesForm, HandOverForm
from dure.apps.dataproducts.models import DataVersion, Transfer
from dure.apps.dataproducts.views.products import ON_A_PAGE, crumb
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.identity import confirm_identity
from dure.foundation.web import takes_files_in_memory


@login_required
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """Transfers of one's own organisations, on either side."""
    or_404(permissions.may_see_products(request.user))
    return listing.list_page(
        request,
        "dataproducts/transfers.html",
        queries.transfers_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "rows": presenters.transfers(page),
            "breadcrumb": [crumb(), {"label": _("Transfers")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the seller for a version."""
    products = queries.products_visible_to(request.user)
    version: DataVersion = get_object_or_404(queries.versions_in(products), pk=pk)
    product = version.product
    buyers = queries.organisations_to_sign_for(request.user).exclude(pk=product.seller_id)
    if not buyers.exists():
        raise Http404
    return form_page(
        request,
        AskForm(request.POST or None, buyers=buyers),
        lambda values: operations.ask(
            version=version, **values, by=request.user, at=timezone.now()
        ),
        title=_("Ask for the data"),
        lead=_(
            "Price and licence are those of today. The seller answers; both sides sign off the hand-over."
        ),
        button=_("Ask"),
        back=product.get_absolute_url(),
        breadcrumb=[
            crumb(),
            {"label": product.title, "url": product.get_absolute_url()},
            {"label": _("Ask for the data")},
        ],
        done=_("Asked. The managers of the seller are told."),
    )


@login_required
@require_safe
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One transfer: its terms, what each side said, and what comes next."""
    this_transfer = _transfer(request, pk)
    context = {
        "transfer": this_transfer,
        "tone": presenters.TONES.get(this_transfer.stage, ""),
        "files": presenters.comparison(this_transfer),
        "sealed_files": this_transfer.version.fingerprints(),
        **presenters.moves(request.user, this_transfer, timezone.now()),
        "breadcrumb": [
            crumb(),
            {"label": _("Transfers"), "url": reverse("dataproducts:transfers")},
            {"label": str(this_transfer)},
        ],
    }
    return render(request, "dataproducts/transfer.html", context)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or decline."""
    transfer = _transfer(request, pk)
    with flash_outcome(request, _("Answered. The buyer is told.")):
        operations.answer(
            transfer=transfer,
            agrees=request.POST.get("answer") == "agree",
            by=request.user,
            at=timezone.now(),
        )
    return redirect(transfer)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign off for the seller that the data went over."""
    transfer = _transfer(request, pk)
    or_404(permissions.may_hand_over(request.user, transfer, timezone.now()))
    if request.method == "POST":
        confirm_identity(request)
    return form_page(
        request,
        HandOverForm(request.POST or None),
        lambda values: operations.hand_over(
            transfer=transfer, **values, by=request.user, at=timezone.now()
        ),
        title=_("Sign off the hand-over"),
        lead=_("You say for the seller that exactly the sealed files went to the buyer, and how."),
        button=_("Sign off"),
        back=transfer.get_absolute_url(),
        breadcrumb=_crumbs(transfer, _("Sign off the hand-over")),
        done=_("Signed off. The buyer compares the files next."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare for the buyer what was received with what was sealed, and sign off the result."""
    transfer = _transfer(request, pk)
    or_404(permissions.may_compare(request.user, transfer))
    is_post = request.method == "POST"
    if is_post:
        confirm_identity(request)
    return form_page(
        request,
        FilesForm(request.POST if is_post else None, request.FILES if is_post else None),
        lambda given: operations.compare_received(
            transfer=transfer, received=given["fingerprints"], by=request.user, at=timezone.now()
        ),
        title=_("Compare what you received"),
        lead=_(
            "Choose the files that you received. Whether they are those that were sealed is signed off for"
            " your organisation, whichever it is."
        ),
        button=_("Compare and sign off"),
        back=transfer.get_absolute_url(),
        breadcrumb=_crumbs(transfer, _("Compare what you received")),
        template="dataproducts/files_form.html",
    )


def _crumbs(transfer: Transfer, here: str) -> list[dict[str, str]]:
    page = {"label": str(transfer), "url": transfer.get_absolute_url()}
    return [crumb(), page, {"label": here}]


def _transfer(request: HttpRequest, pk: int) -> Transfer:
    return get_object_or_404(queries.transfers_visible_to(request.user), pk=pk)
