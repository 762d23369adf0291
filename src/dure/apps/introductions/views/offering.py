"""From an open need to a first match: account, firm, one sentence, what fits, what is still needed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.catalog.models import Need
from dure.apps.introductions import operations, presenters, queries
from dure.apps.introductions.forms import FirmForm, OfferForm
from dure.apps.matches.models import Strength
from dure.apps.matches.operations import search_needs
from dure.apps.people.operations import register_organisation
from dure.apps.people.permissions import may_ask_to_join
from dure.apps.people.queries import membership_in, organisation_with_number
from dure.foundation.ui.answers import attempted, refusal_in
from dure.foundation.ui.form_page import render_forms, sent
from dure.values.ids import business_number

SHOWN = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, need_id: int) -> HttpResponse:
    """The next thing to do for whoever can do what a need asks for."""
    need = get_object_or_404(queries.open_needs_to_offer_for(request.user), pk=need_id)
    if not request.user.is_authenticated:
        request.session["offering"] = need.pk  # so that the pages of joining show the steps too
        here = urlencode({"next": request.path})
        context = {
            "join_url": f"{reverse('account_signup')}?{here}",
            "login_url": f"{reverse('account_login')}?{here}",
        }
        return _page(request, need, "account", context)
    request.session.pop("offering", None)
    if not queries.firms_to_offer_for(request.user, need).exists():
        return _firm(request, need)
    return _technology(request, need)


@never_cache
@require_safe
@login_required
def offered(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What fits the offer at first sight, and what is still needed."""
    made = get_object_or_404(queries.offers_visible_to(request.user), pk=offer_id)
    technology = made.technology
    needs = []
    with attempted() as outcome:
        text = f"{technology.title}\n{technology.body}"
        needs = search_needs(text=text, user=request.user, limit=SHOWN)
    context = {
        "offer": made,
        "found": [
            {
                "need": need.entry,
                "fit": Strength(need.strength).label,
                "is_asked": need.entry.pk == made.need_id,
            }
            for need in needs
            if need.strength != Strength.WEAK
        ],
        "problem": outcome.why_not,
        "needed": presenters.still_needed(made),
        "steps": presenters.steps(request.user, made.need, made),
        "need": made.need,
        "breadcrumb": _breadcrumb(made.need),
    }
    return render(request, "introductions/offered.html", context)


def _firm(request: HttpRequest, need: Need) -> HttpResponse:
    form = FirmForm(sent(request))
    if form.is_valid():
        with refusal_in(form, "business_number") as outcome:
            register_organisation(values=form.cleaned_data, by=request.user)
        if outcome.is_done:
            return redirect("introductions:offer", need.pk)
    number = business_number(request.POST.get("business_number", "")) if form.errors else None
    known = organisation_with_number(number) if number else None
    context = {
        "form": form,
        "known": known,
        "may_join": may_ask_to_join(membership_in(known, request.user)) if known else None,
    }
    return _page(request, need, "firm", context)


def _technology(request: HttpRequest, need: Need) -> HttpResponse:
    form = OfferForm(
        sent(request),
        organisations=queries.firms_to_offer_for(request.user, need),
        technologies=queries.technologies_to_offer(request.user, need),
    )
    if form.is_valid():
        cleaned, by, at = form.cleaned_data, request.user, timezone.now()
        with refusal_in(form, "text") as outcome:
            if technology := cleaned.get("technology"):
                made = operations.offer(need=need, technology=technology, by=by, at=at)
            else:
                made = operations.draft_and_offer(
                    need=need,
                    organisation=cleaned["organisation"],
                    text=cleaned["text"],
                    by=by,
                    at=at,
                )
        if outcome.is_done:
            return redirect("introductions:offered", made.pk)
    earlier = queries.offers_visible_to(request.user).filter(need=need, created_by=request.user)
    return _page(request, need, "technology", {"form": form, "earlier": earlier})


def _page(request: HttpRequest, need: Need, part: str, more: dict[str, Any]) -> HttpResponse:
    context = {
        "need": need,
        "part": part,
        "steps": presenters.steps(request.user, need),
        "breadcrumb": _breadcrumb(need),
        **more,
    }
    return render_forms(request, "introductions/offer.html", context)


def _breadcrumb(need: Need) -> list[dict[str, str]]:
    return [
        {"label": _("Needs"), "url": reverse("catalog:need_list")},
        {"label": str(need), "url": need.get_absolute_url()},
        {"label": _("We can do this")},
    ]
