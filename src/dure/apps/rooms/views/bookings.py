"""Rooms at places: who has which when, booking one, giving it back."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.rooms import operations, permissions, presenters, queries
from dure.apps.rooms.forms import BookingForm
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page

ON_A_PAGE = 30
AHEAD = timedelta(days=30)


@login_required
@require_safe
def bookings(request: HttpRequest) -> HttpResponse:
    """One's own bookings, all for the office, and when rooms are taken; also as Excel."""
    or_404(permissions.may_see_bookings(request.user))
    now = timezone.now()
    return listing.list_page(
        request,
        "rooms/bookings.html",
        queries.bookings_visible_to(request.user),
        per_page=ON_A_PAGE,
        sheet=presenters.bookings_sheet,
        context=lambda page: {
            "rows": presenters.bookings_of(request.user, page, now),
            "taken": presenters.bookings_of(request.user, queries.taken(now, now + AHEAD), now),
            "may_book": bool(permissions.may_use_rooms(request.user)),
            "breadcrumb": [{"label": _("Bookings of rooms")}],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """Book a room at a place."""
    or_404(permissions.may_use_rooms(request.user))
    form = BookingForm(
        request.POST or None,
        user=request.user,
        rooms=queries.rooms_visible_to(request.user).filter(closed_at=None),
        initial={"room": request.GET.get("room"), "day": timezone.localdate() + timedelta(days=1)},
    )
    return form_page(
        request,
        form,
        lambda given: operations.book(**form.wanted(), by=request.user, at=timezone.now()),
        title=_("Book a room"),
        lead=_("Rooms where two firms meet on neutral ground. Nobody else gets the same time."),
        button=_("Book"),
        back=reverse("rooms:bookings"),
        breadcrumb=[
            {"label": _("Bookings of rooms"), "url": reverse("rooms:bookings")},
            {"label": _("Book a room")},
        ],
        done=_("Booked."),
    )


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a booked room back."""
    booking = get_object_or_404(queries.bookings_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Given back. Others can book it now.")):
        operations.cancel(booking=booking, by=request.user, at=timezone.now())
    return redirect("rooms:bookings")
