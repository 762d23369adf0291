"""Memoranda and contracts, rates of currencies, results by country."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.forms.things import (
    AccordForm,
    AccordsFilter,
    FollowForm,
    RateForm,
    YearForm,
)
from dure.apps.exchange.models import Accord
from dure.apps.exchange.presenters import lists
from dure.apps.exchange.views.guards import ON_A_PAGE, asked, crumbs, listed, seen, sorted_as_asked
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404, sheet_response, wants_workbook


@login_required
@require_safe
def accords(request: HttpRequest) -> HttpResponse:
    """Memoranda and contracts, those to follow up marked; also as Excel."""
    or_404(permissions.may_see_exchange(request.user))
    form = AccordsFilter(request.GET)
    is_reader = bool(permissions.may_read_figures(request.user))
    waiting = queries.accords_to_follow(timezone.localdate())
    return listing.list_page(
        request,
        "exchange/accords.html",
        sorted_as_asked(
            request, form.narrow(queries.accords_visible_to(request.user)), "accords", "-day"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lists.accord_sheet,
        context=lambda page: {
            **listed(request, "accords", _("Memoranda and contracts")),
            "rows": lists.accord_rows(request.user, page),
            "waiting": lists.accord_rows(request.user, waiting[:10]) if is_reader else [],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_accord(request: HttpRequest) -> HttpResponse:
    """Enter what two sides signed."""
    or_404(permissions.may_see_exchange(request.user))
    form = AccordForm(request.POST or None, user=request.user)

    def act(values: dict[str, Any]) -> None:
        operations.enter_accord(accord=form.wanted(), by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Enter a memorandum or contract"), button=_("Enter"),
        back=reverse("exchange:accords"),
        done=_("Entered, and reported as an outcome. The other side is told."),
    )  # fmt: skip


@login_required
@require_safe
def accord(request: HttpRequest, pk: int) -> HttpResponse:
    """A memorandum or contract, its amount in both currencies, and what became of it."""
    shown = _accord(request, pk)
    [row] = lists.accord_rows(request.user, [shown])
    context = {
        **row,
        "follow_ups": shown.follow_ups.select_related("rate", "created_by"),
        "may_follow": bool(permissions.may_follow(request.user, shown)),
        "breadcrumb": crumbs(
            (_("Memoranda and contracts"), reverse("exchange:accords")), (str(row["title"]), "")
        ),
    }
    return render(request, "exchange/accord.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of it."""
    accord = _accord(request, pk)
    or_404(permissions.may_follow(request.user, accord))
    initial = {"on": timezone.localdate(), "currency": accord.currency}

    def act(values: dict[str, Any]) -> None:
        operations.follow_up(accord=accord, **values, by=request.user, at=timezone.now())

    return asked(
        request, FollowForm(request.POST or None, initial=initial), act,
        title=pgettext("exchange", "What became of it"), button=_("Enter"), back=accord.get_absolute_url(),
        under=(accord.title, accord.get_absolute_url()), done=_("Entered."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """The rates by which amounts are converted; another one is entered here."""
    or_404(permissions.may_run(request.user))
    form = RateForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST":

        def act(values: dict[str, Any]) -> None:
            operations.enter_rate(**values, by=request.user, at=timezone.now())

        return asked(
            request, form, act, title=_("Rates"), button=_("Enter"), back=request.path,
            done=_("Entered."),
        )  # fmt: skip
    return listing.list_page(
        request,
        "exchange/rates.html",
        queries.rates(),
        per_page=ON_A_PAGE,
        context=lambda page: {**listed(request, "rates", _("Rates")), "form": form},
    )


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What exchange came to, by country, in a year or ever; also as Excel."""
    or_404(permissions.may_read_figures(request.user))
    form = YearForm(request.GET)
    year = form.cleaned_data.get("year") if form.is_valid() else None
    if wants_workbook(request):
        return sheet_response(**lists.figures_sheet(year))
    context = {
        **listed(request, "figures", _("Results by country")),
        **lists.figures_page(year),
        "form": form,
        "year": year,
    }
    return render(request, "exchange/figures.html", context)


def _accord(request: HttpRequest, pk: int) -> Accord:
    return seen(request, queries.accords_visible_to(request.user), pk)
