"""Royalties: the list, one of them with how it was reckoned, and the three steps."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.people.queries import people_in_any
from dure.apps.royalties import adapter, operations, permissions, presenters, queries
from dure.apps.royalties.forms import (
    BillForm,
    ReportForm,
    RoyaltiesForm,
    report_initial,
)
from dure.apps.royalties.models import Royalty
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.forms import PaymentForm
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "project": ("project__title", "-year"),
    "year": ("year", "pk"),
    "due": ("due_on", "pk"),
    "amount": ("amount", "pk"),
}


@require_safe
@login_required
def royalties(request: HttpRequest) -> HttpResponse:
    """Every royalty that one may read; also as a workbook."""
    or_404(permissions.may_read_royalties(request.user))
    form = RoyaltiesForm(request.GET)
    today = timezone.localdate()

    def context(page: Page) -> dict[str, Any]:
        return {
            "rows": [{"royalty": royalty, "is_late": royalty.is_late(today)} for royalty in page],
            "breadcrumb": [{"label": _("Royalties")}],
        }

    return list_page(
        request,
        "royalties/royalties.html",
        in_order(
            form.narrow(queries.royalties_visible_to(request.user)),
            request.GET.get("sort"),
            SORTS,
            "-year",
        ),
        form=form,
        per_page=30,
        sheet=presenters.sheet,
        people=lambda listed: people_in_any(listed.order_by().values("organisation")),
        context=context,
    )


@require_safe
@login_required
def royalty(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported for a year, how the royalty comes about, and what was paid."""
    shown = _royalty(request, pk)
    user = request.user
    context = {
        "royalty": shown,
        "rules": adapter.rules_of(shown.project),
        "reckoning": adapter.reckoned(shown) if shown.reported_at else None,
        "is_late": shown.is_late(timezone.localdate()),
        "may_report": permissions.may_report(user, shown),
        "may_bill": permissions.may_bill(user, shown),
        "may_enter_payment": permissions.may_enter_payment(user, shown),
        "breadcrumb": _breadcrumb(shown),
    }
    return render(request, "royalties/royalty.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report the income of a year."""
    shown = _royalty(request, pk)
    or_404(permissions.may_report(request.user, shown))
    return form_page(
        request,
        ReportForm(request.POST or None, initial=report_initial(shown)),
        lambda cleaned: operations.report(
            royalty=shown, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Income of %(year)s") % {"year": shown.year},
        lead=str(shown.project),
        button=pgettext("royalty", "Report"),
        done=_("The income is reported. You can correct it until the royalty is billed."),
        back=shown.get_absolute_url(),
        breadcrumb=_breadcrumb(shown, _("Report the income")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Bill what was reported, as the rule reckons it."""
    shown = _royalty(request, pk)
    or_404(permissions.may_bill(request.user, shown))
    reckoning = adapter.reckoned(shown)
    return form_page(
        request,
        BillForm(request.POST or None),
        lambda cleaned: operations.bill(
            royalty=shown, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Bill the royalty"),
        lead=_("%(project)s: %(due)s won are due by the rule.")
        % {"project": shown, "due": f"{reckoning.due if reckoning else 0:,}"},
        button=_("Bill it"),
        done=_("The royalty is billed. The firm is told."),
        back=shown.get_absolute_url(),
        breadcrumb=_breadcrumb(shown, _("Bill the royalty")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter money that came in."""
    shown = _royalty(request, pk)
    or_404(permissions.may_enter_payment(request.user, shown))
    today = timezone.localdate()
    first = {"key": uuid4().hex, "paid_on": today, "amount": f"{shown.open:,}"}
    return form_page(
        request,
        PaymentForm(request.POST or None, initial=first),
        lambda cleaned: operations.enter_payment(
            royalty=shown, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Enter a payment"),
        lead=str(shown),
        button=_("Enter"),
        done=_("The payment is entered. The firm is told."),
        back=shown.get_absolute_url(),
        breadcrumb=_breadcrumb(shown, _("Enter a payment")),
        field="amount",
    )


def _royalty(request: HttpRequest, pk: int) -> Royalty:
    return get_object_or_404(queries.royalties_visible_to(request.user), pk=pk)


def _breadcrumb(royalty: Royalty, last: str = "") -> list[dict[str, str]]:
    crumbs = [{"label": _("Royalties"), "url": reverse("royalties:list")}]
    if not last:
        return [*crumbs, {"label": str(royalty)}]
    return [*crumbs, {"label": str(royalty), "url": royalty.get_absolute_url()}, {"label": last}]
