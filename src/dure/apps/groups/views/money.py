"""The money of a group: dues and who owes them, bookings, receipts, the account of a year."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.groups import operations, permissions, presenters, queries
from dure.apps.groups.forms import ApproveForm, AssignForm, BookingForm, DuesForm
from dure.apps.groups.models import Booking, Group
from dure.apps.groups.pages import crumbs, inside_group, own_group
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    pdf_response,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"on": ("on", "pk"), "amount": ("amount", "on", "pk"), "party": ("party", "on", "pk")}


@require_safe
@login_required
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """What is there, who owes, what waits to be assigned, and every booking; also as Excel."""
    shown, today = inside_group(request, pk), localdate()
    user = request.user
    may_act = permissions.may_act_for(user, shown, today)
    bookings = queries.bookings_visible_to(user).filter(group=shown)
    return list_page(
        request,
        "groups/money.html",
        in_order(bookings, request.GET.get("sort"), SORTS, "-on"),
        per_page=30,
        sheet=presenters.booking_sheet,
        context=lambda page: {
            "group": shown,
            "rows": page,
            "figures": presenters.money_figures(shown, today),
            "rates": shown.rates.all(),
            "dues": queries.dues_visible_to(user, today).filter(rate__group=shown),
            "today": today,
            "closed_year": queries.last_closed_year(shown),
            "unassigned": queries.unassigned(shown) if may_act else [],
            "years": queries.years_of(shown, today),
            "may_act": may_act,
            "breadcrumb": crumbs(shown, _("Dues and account")),
        },
    )


@require_safe
@login_required
def account(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The account of a year: income and spending by kind, what is left; also as Excel."""
    shown = inside_group(request, pk)
    account_shown = queries.account(shown, year)
    if wants_workbook(request):
        return sheet_response(**presenters.account_sheet(shown, account_shown))
    approved = shown.accounts.filter(year=year).select_related("meeting").first()
    context = {
        "group": shown,
        "account": account_shown,
        "income": presenters.by_kind(account_shown.income),
        "spending": presenters.by_kind(account_shown.spending),
        "approved": approved,
        "may_approve": not approved
        and year < localdate().year
        and permissions.may_act_for(request.user, shown, localdate()),
        "breadcrumb": [*_under_money(shown), {"label": str(year)}],
    }
    return render(request, "groups/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dues(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the dues of a year."""
    shown = own_group(request, pk)
    form = DuesForm(sent(request), initial={"year": localdate().year})

    def act(values: dict[str, Any]) -> None:
        operations.set_dues(group=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, form, act, _("Set the dues"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def booking_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Book money that came in or went out."""
    shown = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.book(group=shown, values=values, by=request.user, at=timezone.now())

    return _form(request, shown, BookingForm(sent(request), group=shown), act, _("New booking"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a payment was for and who made it."""
    booking = _own_booking(request, pk)
    form = AssignForm(
        sent(request), booking=booking, initial={"kind": booking.kind, "member": booking.member_id}
    )

    def act(values: dict[str, Any]) -> None:
        operations.assign(booking=booking, by=request.user, at=timezone.now(), **values)

    return _form(request, booking.group, form, act, _("Assign a payment"), lead=str(booking))


@require_POST
@login_required
def give_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a receipt its number."""
    booking = _own_booking(request, pk)
    with flash_outcome(request):
        operations.give_receipt(booking=booking, by=request.user, at=timezone.now())
        return redirect("groups:receipt", booking.pk)
    return redirect("groups:money", booking.group_id)


@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt as PDF: for the member who paid, and for who acts for the group."""
    receipts = queries.receipts_visible_to(request.user, localdate())
    booking = get_object_or_404(receipts, pk=pk)
    context = {"booking": booking, "group": booking.group, "language": get_language()}
    return pdf_response(
        pdf(render_to_string("groups/receipt_paper.html", context)), booking.receipt
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def approve(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Write down which meeting approved the account."""
    shown = own_group(request, pk)
    form = ApproveForm(sent(request), group=shown, year=year)

    def act(values: dict[str, Any]) -> None:
        operations.approve_account(
            group=shown, year=year, by=request.user, at=timezone.now(), **values
        )

    return _form(
        request, shown, form, act, _("The account is approved"),
        back=reverse("groups:account", args=[shown.pk, year]),
    )  # fmt: skip


def _own_booking(request: HttpRequest, pk: int) -> Booking:
    booking = get_object_or_404(queries.bookings_visible_to(request.user), pk=pk)
    or_404(permissions.may_act_for(request.user, booking.group, localdate()))
    return booking


def _under_money(shown: Group) -> list[dict[str, str]]:
    return [
        *crumbs(shown),
        {"label": _("Dues and account"), "url": reverse("groups:money", args=[shown.pk])},
    ]


def _form(
    request: HttpRequest, shown: Group, form: Any, act: Any, title: str, *, lead: str = "",
    back: str = "",
) -> HttpResponse:  # fmt: skip
    return form_page(
        request, form, act, title=title, lead=lead or str(shown), button=_("Save"),
        back=back or reverse("groups:money", args=[shown.pk]),
        breadcrumb=[*_under_money(shown), {"label": title}],
    )  # fmt: skip
