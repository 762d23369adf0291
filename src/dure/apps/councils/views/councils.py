"""Councils, and who sits in them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.councils import operations, permissions, presenters, queries
from dure.apps.councils.forms import SeatEndForm, SeatForm
from dure.apps.councils.kinds import councils
from dure.apps.councils.pages import council_for, crumbs, secretary_only
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@require_safe
@login_required
def council_list(request: HttpRequest) -> HttpResponse:
    """Every council: what it is for, and how far it is with its models."""
    context = {
        "cards": presenters.cards(request.user),
        "may_propose": permissions.may_propose(request.user),
        "breadcrumb": [*crumbs(None)[:-1], {"label": _("Councils")}],
    }
    return render(request, "councils/councils.html", context)


@require_safe
@login_required
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """One council for its members: target, meetings, votes, who sits there."""
    shown = council_for(slug)
    or_404(permissions.may_look(request.user, shown.id))
    meetings = queries.meetings_visible_to(request.user).filter(council=shown.id)
    votes = queries.votes_visible_to(request.user).filter(council=shown.id)
    seats = queries.seats_visible_to(request.user).filter(council=shown.id)
    context = {
        "council": shown,
        "target": presenters.target(shown),
        "figures": presenters.figures(shown) if shown.has_models else [],
        "meetings": meetings[:12],
        "votes": votes[:12],
        "seats": presenters.seat_rows(seats, shown, localdate()),
        "rules": [(rule, presenters.rule_words(rule)) for rule in shown.rules_on(localdate())],
        "may_run": permissions.may_run(request.user),
        "breadcrumb": crumbs(None, str(shown)),
    }
    return render(request, "councils/council.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a seat."""
    secretary_only(request)
    shown = council_for(slug)
    seats = queries.seats_on(shown.id, localdate())
    form = SeatForm(sent(request), council=shown, seats=seats)
    return form_page(
        request,
        form,
        lambda values: operations.name_seat(council=shown, by=request.user, **values),
        title=_("New seat"),
        lead=str(shown),
        button=_("Give the seat"),
        back=reverse("councils:council", args=[shown.id]),
        breadcrumb=crumbs(shown, _("New seat")),
        done=_("The seat is given."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat early."""
    secretary_only(request)
    seat = get_object_or_404(queries.seats_visible_to(request.user), pk=pk)
    shown = councils()[seat.council]

    def act(values: dict[str, Any]) -> None:
        operations.end_seat(seat=seat, on=values["on"], by=request.user)

    return form_page(
        request,
        SeatEndForm(sent(request)),
        act,
        title=_("End a seat"),
        lead=str(seat),
        button=_("End the seat"),
        back=reverse("councils:council", args=[shown.id]),
        breadcrumb=crumbs(shown, _("End a seat")),
        done=_("The seat ends on this day."),
    )
