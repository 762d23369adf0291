"""Partner agencies, organisations from abroad, technologies for exchange."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.forms.things import (
    AbroadFilter,
    AbroadForm,
    ListForm,
    ListingFilter,
    PartnerForm,
    PlanForm,
)
from dure.apps.exchange.presenters import lists
from dure.apps.exchange.presenters.meetings import rows as meeting_rows
from dure.apps.exchange.views.guards import ON_A_PAGE, asked, crumbs, listed, seen, sorted_as_asked
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404


@login_required
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The partner agencies by country."""
    or_404(permissions.may_see_exchange(request.user))
    return listing.list_page(
        request,
        "exchange/partners.html",
        queries.partners(),
        per_page=ON_A_PAGE,
        context=lambda page: {
            **listed(request, "partners", _("Partner agencies")),
            "rows": lists.partner_rows(request.user, page),
            "runs": bool(permissions.may_run(request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: HttpRequest) -> HttpResponse:
    """Enter an agency."""
    or_404(permissions.may_run(request.user))

    def act(values: dict[str, Any]) -> None:
        operations.enter_partner(**values, by=request.user, at=timezone.now())

    return asked(
        request, PartnerForm(request.POST or None), act, title=_("Enter a partner agency"),
        button=_("Enter"), back=reverse("exchange:partners"), done=_("Entered."),
    )  # fmt: skip


@login_required
@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency, its yearly plans with what was held of them, and its meetings."""
    shown = seen(request, queries.partners(), pk)
    [row] = lists.partner_rows(request.user, [shown])
    meetings = queries.meetings_visible_to(request.user).filter(partner=shown)[:20]
    context = {
        **row,
        "plans": lists.plan_rows(request.user, queries.plan_with_actuals(shown)),
        "meetings": meeting_rows(request.user, meetings),
        "runs": bool(permissions.may_run(request.user)),
        "breadcrumb": crumbs(
            (_("Partner agencies"), reverse("exchange:partners")),
            (str(row["name"]) or _("Partner agency"), ""),
        ),
    }
    return render(request, "exchange/partner.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what is planned with an agency in a year."""
    or_404(permissions.may_run(request.user))
    partner = seen(request, queries.partners(), pk)

    def act(values: dict[str, Any]) -> None:
        operations.plan_with(partner=partner, **values, by=request.user, at=timezone.now())

    return asked(
        request, PlanForm(request.POST or None, initial={"year": timezone.localdate().year}), act,
        title=_("Plan for a year"), button=_("Enter"), back=partner.get_absolute_url(),
        under=(str(partner), partner.get_absolute_url()), done=_("Entered."),
    )  # fmt: skip


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations from abroad; also as Excel."""
    or_404(permissions.may_see_exchange(request.user))
    form = AbroadFilter(request.GET)
    return listing.list_page(
        request,
        "exchange/organisations.html",
        sorted_as_asked(
            request, form.narrow(queries.abroad_visible_to(request.user)), "organisations", "name"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lists.abroad_sheet,
        context=lambda page: {
            **listed(request, "organisations", _("Organisations from abroad")),
            "rows": lists.abroad_rows(request.user, page),
            "runs": bool(permissions.may_run(request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Enter an organisation of another country: one's own, or for the office somebody else's."""
    or_404(permissions.may_register_abroad(request.user))
    form = AbroadForm(request.POST or None)

    def act(values: dict[str, Any]) -> None:
        operations.register_abroad(new=form.wanted(), by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Register an organisation from abroad"), button=_("Register"),
        back=reverse("people:account"),
        lead=_("It needs no Korean number. The programme office verifies it before it has rights."),
        done=_("Registered. The programme office verifies it next."),
    )  # fmt: skip


@login_required
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation from abroad: number, clock, what it seeks, meetings."""
    shown = seen(request, queries.abroad_visible_to(request.user), pk)
    [row] = lists.abroad_rows(request.user, [shown])
    parts = queries.parts_visible_to(request.user).filter(organisation=shown.organisation)
    context = {
        **row,
        "parts": lists.part_rows(request.user, parts),
        "breadcrumb": crumbs(
            (_("Organisations from abroad"), reverse("exchange:organisations")), (str(shown), "")
        ),
    }
    return render(request, "exchange/organisation.html", context)


@login_required
@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    """The technologies registered for exchange."""
    or_404(permissions.may_see_exchange(request.user))
    form = ListingFilter(request.GET)
    return listing.list_page(
        request,
        "exchange/listings.html",
        form.narrow(queries.listings_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        context=lambda page: {
            **listed(request, "listings", _("Technologies for exchange")),
            "rows": lists.listing_rows(request.user, page),
            "may_list": not queries.is_from_abroad(request.user),
            "runs": bool(permissions.may_run(request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_listing(request: HttpRequest) -> HttpResponse:
    """Register a technology for exchange."""
    or_404(permissions.may_see_exchange(request.user))
    form = ListForm(
        request.POST or None,
        user=request.user,
        initial={"technology": request.GET.get("technology")},
    )

    def act(values: dict[str, Any]) -> None:
        operations.register_listing(**values, by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Register a technology for exchange"), button=_("Register"),
        back=reverse("exchange:listings"),
        done=_("Registered. Its translation is looked after."),
    )  # fmt: skip


@login_required
@require_safe
def one_listing(request: HttpRequest, pk: int) -> HttpResponse:
    """A technology for exchange, in the reader's language."""
    listing = seen(request, queries.listings_visible_to(request.user), pk)
    [row] = lists.listing_rows(request.user, [listing])
    row["breadcrumb"] = crumbs(
        (_("Technologies for exchange"), reverse("exchange:listings")),
        (str(row["title"]) or _("Technology"), ""),
    )
    row["is_from_abroad"] = queries.is_from_abroad(request.user)
    return render(request, "exchange/listing.html", row)
