"""Data products: the list, one of them, offering one, sealing versions."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.dataproducts import operations, permissions, presenters, queries
from dure.apps.dataproducts.forms import ProductForm, ProductsForm, VersionForm
from dure.apps.dataproducts.models import DataProduct
from dure.apps.dataproducts.operations import NewProduct
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.web import takes_files_in_memory

ON_A_PAGE = 30


@login_required
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """What is offered, and one's own; also as Excel."""
    or_404(permissions.may_see_products(request.user))
    form = ProductsForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("words", "")
    return listing.list_page(
        request,
        "dataproducts/products.html",
        queries.narrowed(queries.products_visible_to(request.user), words),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.sheet,
        context=lambda page: {
            "may_offer": queries.organisations_to_sign_for(request.user).exists(),
            "breadcrumb": [{"label": _("Data trade")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Offer data."""
    if not queries.organisations_to_sign_for(request.user).exists():
        raise Http404
    return form_page(
        request,
        ProductForm(request.POST or None, user=request.user),
        lambda values: operations.offer(
            seller=values.pop("seller"),
            product=NewProduct(**values),
            by=request.user,
            at=timezone.now(),
        ),
        title=_("Offer data"),
        lead=_(
            "Members read description, sample, price and licence. The data itself never comes here: versions"
            " are sealed by the fingerprints of their files."
        ),
        button=_("Offer"),
        back=reverse("dataproducts:products"),
        breadcrumb=[crumb(), {"label": _("Offer data")}],
        done=_("Offered. Seal the first version next."),
    )


@login_required
@require_safe
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """A product: its terms, its versions, and one's own transfers of it."""
    this_product = product_of(request, pk)
    transfers = queries.transfers_visible_to(request.user).filter(version__product=this_product)
    context = {
        "product": this_product,
        "versions": list(queries.versions_of(this_product)),
        "transfers": presenters.transfers(transfers),
        "may_change": bool(permissions.may_change(request.user, this_product)),
        "may_buy": queries.organisations_to_sign_for(request.user)
        .exclude(pk=this_product.seller_id)
        .exists()
        and this_product.stage == "OFFERED",
        "breadcrumb": [crumb(), {"label": this_product.title}],
    }
    return render(request, "dataproducts/product.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal a version."""
    this_product = product_of(request, pk)
    or_404(permissions.may_change(request.user, this_product))
    is_post = request.method == "POST"
    return form_page(
        request,
        VersionForm(request.POST if is_post else None, request.FILES if is_post else None),
        lambda given: operations.seal_version(
            product=this_product,
            files=given["fingerprints"],
            note=given["note"],
            by=request.user,
            at=timezone.now(),
        ),
        title=_("Seal a version"),
        lead=_("The fingerprints stand in the sealed record; buyers compare what they receive."),
        button=_("Seal"),
        back=this_product.get_absolute_url(),
        breadcrumb=[
            crumb(),
            {"label": this_product.title, "url": this_product.get_absolute_url()},
            {"label": _("Seal a version")},
        ],
        done=_("Sealed, in the sealed record too."),
        template="dataproducts/files_form.html",
    )


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no longer."""
    this_product = product_of(request, pk)
    with flash_outcome(request, _("No longer offered. Transfers under way go on.")):
        operations.withdraw(product=this_product, by=request.user, at=timezone.now())
    return redirect(this_product)


def product_of(request: HttpRequest, pk: int) -> DataProduct:
    """The product, for who sees it."""
    return get_object_or_404(queries.products_visible_to(request.user), pk=pk)


def crumb() -> dict[str, str]:
    """The way back to the list."""
    return {"label": _("Data trade"), "url": reverse("dataproducts:products")}
