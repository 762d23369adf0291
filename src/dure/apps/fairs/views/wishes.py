"""Wishes: answered with the keyboard, one partner after the other; and who has not answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.fairs import operations, permissions, queries
from dure.apps.fairs.forms.wishes import OverviewForm, WishForm
from dure.apps.fairs.models import Registration
from dure.apps.fairs.presenters.wishes import Card, cards
from dure.apps.fairs.stages import RegistrationStage
from dure.apps.fairs.views.guards import fair_or_404, officers_only, staff_only
from dure.apps.people.queries import roles_of
from dure.foundation.ui import listing
from dure.foundation.ui.answers import attempted, flash_outcome, or_404
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.values.text import clean

FOUND, ROWS = 20, 50


@require_safe
@login_required
def wishes(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The wishes of one's own organisation; staff without one are sent to the overview."""
    fair = fair_or_404(request, fair_id)
    registration = queries.registration_of(fair, request.user)
    if registration is None and permissions.may_read_inside(request.user):
        return redirect("fairs:wish_overview", fair_id)
    if registration is None:
        raise Http404
    return _page(request, registration)


@require_safe
@login_required
def wishes_of(request: HttpRequest, registration_id: int) -> HttpResponse:
    """The wishes of one organisation, for its people and for the office."""
    return _page(request, _registration(request, registration_id))


@require_safe
@login_required
def partners(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Further partners by name; a fragment of the page of wishes."""
    registration = _registration(request, registration_id)
    return render(request, "fairs/_partners.html", _search(request, registration))


@require_POST
@login_required
def answer(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Say how much an organisation wants to meet another; with htmx the card comes back."""
    registration = _registration(request, registration_id)
    form = WishForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    cleaned = form.cleaned_data
    other = get_object_or_404(
        queries.registrations_visible_to(request.user),
        pk=cleaned["other"],
        fair=registration.fair_id,
    )
    with attempted() as outcome:
        operations.record_wish(
            registration=registration,
            other=other,
            level=cleaned["level"],
            note=cleaned["note"],
            by=request.user,
            at=timezone.now(),
        )
    return _reply(request, registration, other, outcome.why_not)


@require_POST
@login_required
def take_back(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Take an answer back; the proposal is open again, an own wish is gone."""
    wish = get_object_or_404(queries.wishes_visible_to(request.user), pk=wish_id)
    pair = wish.pair
    registration, other = (
        (pair.demand, pair.supply) if wish.side == "DEMAND" else (pair.supply, pair.demand)
    )
    registration = _registration(request, registration.pk)
    with attempted() as outcome:
        operations.clear_wish(wish=wish, by=request.user, at=timezone.now())
    return _reply(request, registration, other, outcome.why_not)


@require_safe
@staff_only
def overview(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Who has said what, and who has not answered."""
    fair = fair_or_404(request, fair_id)
    form = OverviewForm(request.GET)
    approved = queries.registrations_visible_to(request.user).filter(
        fair=fair, stage=RegistrationStage.APPROVED
    )
    counted = queries.with_wish_counts(approved)
    wishes = form.narrow(counted)
    context = {
        "fair": fair,
        "title": _("Wishes"),
        "breadcrumb": breadcrumb(fair, _("Wishes")),
        "tabs": tabs_for(request.user, fair, "wish_overview"),
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page_of(request, wishes, ROWS),
        "figures": _figures(counted),
        "may_propose": permissions.may_propose(request.user, fair),
        "may_run_fairs": permissions.may_run_fairs(request.user),
    }
    return render(request, "fairs/wish_overview.html", context)


@require_POST
@officers_only
def propose(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Propose partners to everybody from the matches."""
    fair = fair_or_404(request, fair_id)
    with flash_outcome(request) as outcome:
        made = operations.propose_wishes(fair=fair, by=request.user, at=timezone.now())
    if outcome.is_done:
        message = _("%(new)s new proposals; %(gone)s that no longer fit are gone.")
        messages.success(request, message % made)
    return redirect("fairs:wish_overview", fair_id)


def _page(request: HttpRequest, registration: Registration) -> HttpResponse:
    fair = fair_or_404(request, registration.fair_id)
    now = timezone.now()
    verdict = permissions.may_wish(request.user, registration, now)
    is_own = registration.organisation_id in roles_of(request.user).organisations
    if is_own and verdict:
        operations.note_look(registration=registration, by=request.user, at=now)
    shown = cards(queries.wishes_of(registration), registration)
    context = {
        "fair": fair,
        "registration": registration,
        "title": _("Whom would you like to meet?") if is_own else str(registration.organisation),
        "breadcrumb": breadcrumb(fair, _("Wishes")),
        "tabs": tabs_for(request.user, fair, "wishes" if is_own else "wish_overview"),
        "open_cards": [card for card in shown if not card.is_settled],
        "settled": [card for card in shown if card.is_settled],
        "verdict": verdict,
        **_counts(registration),
        **_search(request, registration),
    }
    return render(request, "fairs/wishes.html", context)


def _search(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    words = clean(request.GET.get("q", ""))[:100]
    context: dict[str, Any] = {"registration": registration, "q": words, "found": []}
    if words and registration.stage == RegistrationStage.APPROVED:
        on = timezone.localdate()
        partners = queries.partners_to_choose(registration, on)
        named = partners.filter(organisation__name__icontains=words)
        named |= partners.filter(organisation__name_en__icontains=words)
        wish_of = {
            card.partner.pk: card.wish
            for card in cards(queries.wishes_of(registration), registration)
        }
        context["found"] = [
            Card(partner, wish_of.get(partner.pk), None) for partner in named[:FOUND]
        ]
        context["verdict"] = permissions.may_wish(request.user, registration, timezone.now())
    return context


def _reply(
    request: HttpRequest, registration: Registration, other: Registration, refusal: str
) -> HttpResponse:
    """The card as it stands now, with how many are left; without htmx the whole page."""
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return redirect("fairs:wishes_of", registration.pk)
    end = "supply" if registration.side == "DEMAND" else "demand"
    mine = queries.wishes_of(registration).filter(**{f"pair__{end}": other})
    card = next(iter(cards(mine, registration)), Card(other, None, None))
    context = {
        "registration": registration,
        "card": card,
        "refusal": refusal,
        "verdict": permissions.may_wish(request.user, registration, timezone.now()),
        "is_reply": True,
        "is_found": request.POST.get("from") == "search",
        **_counts(registration),
    }
    return render(request, "fairs/_wish_answered.html", context)


def _counts(registration: Registration) -> dict[str, Any]:
    own = queries.wishes_of(registration)
    limit = registration.fair.most_musts
    return {
        "left": own.filter(answered_at__isnull=True).count(),
        "most": limit,
        "musts_left": queries.musts_left(registration, limit),
        "wish_url": reverse("fairs:answer_wish", args=[registration.pk]),
    }


def _registration(request: HttpRequest, registration_id: int) -> Registration:
    registration = get_object_or_404(
        queries.registrations_visible_to(request.user), pk=registration_id
    )
    or_404(permissions.may_read_registration(request.user, registration))
    return registration


def _figures(counted: Any) -> list[dict[str, Any]]:
    rows = list(counted.values_list("musts", "meets", "noes", "open_proposals", "looked_at"))
    silent = sum(1 for musts, meets, noes, *_rest in rows if not musts + meets + noes)
    return [
        {"number": f"{sum(row[0] for row in rows):,}", "label": _("Must meet")},
        {"number": f"{sum(row[1] for row in rows):,}", "label": _("Would like to meet")},
        {"number": f"{sum(row[2] for row in rows):,}", "label": _("No, thank you")},
        {
            "number": f"{sum(row[3] for row in rows):,}",
            "label": _("Proposals unanswered"),
            "url": "?state=open",
        },
        {"number": f"{silent:,}", "label": _("Said nothing at all"), "url": "?state=silent"},
    ]
