"""Firms that look for a mentor, and the coordinators who look after them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.mentoring import adapter, operations, permissions, presenters, queries
from dure.apps.mentoring.forms import HandOverForm, ProposeForm, WhyForm
from dure.apps.mentoring.pages import crumbs, seen_case
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import form_page, render_forms, sent
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"firm": ("organisation__name", "pk"), "asked": ("asked_at", "pk")}


@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Firms that look for a mentor; also as Excel."""
    return list_page(
        request,
        "mentoring/cases.html",
        in_order(queries.cases_visible_to(request.user), request.GET.get("sort"), SORTS, "-asked"),
        per_page=30,
        sheet=presenters.cases_sheet,
        context=lambda page: {
            "rows": page,
            "breadcrumb": crumbs(_("Firms that look for a mentor")),
        },
    )


@require_safe
@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One firm: what it wants, who looks after it, whom it was proposed."""
    shown, user = seen_case(request, pk), request.user
    pairs = queries.pairs_visible_to(user).filter(case=shown)
    context = {
        "case": shown,
        "profile": queries.own_profile(shown.organisation),
        "rows": presenters.pair_rows(pairs),
        "hand_overs": shown.hand_overs.select_related("former", "to")
        if queries.looks_after(user, shown)
        else [],
        "may_take": permissions.may_take(user, shown),
        "may_hand_over": permissions.may_hand_over(user, shown),
        "may_propose": permissions.may_propose(user, shown),
        "may_close": permissions.may_close(user, shown),
        "breadcrumb": crumbs(str(shown)),
    }
    return render(request, "mentoring/case.html", context)


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Look after a firm."""
    shown = seen_case(request, pk)
    or_404(permissions.may_coordinate(request.user))
    with flash_outcome(request, _("You look after this firm now. It is told.")) as outcome:
        operations.take(case=shown, by=request.user, at=timezone.now())
    return redirect(shown) if outcome.is_done else redirect("mentoring:cases")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a firm to another coordinator, with a note."""
    shown = seen_case(request, pk)
    or_404(permissions.may_hand_over(request.user, shown))
    people = queries.coordinators().exclude(pk=shown.coordinator_id)
    form = HandOverForm(sent(request), people=people)

    def act(values: dict[str, Any]) -> None:
        operations.hand_over(case=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request, form, act, title=_("Hand over"), lead=str(shown), button=_("Hand over"),
        done=_("Handed over. Everybody concerned is told."), field="to",
        back=reverse("mentoring:cases"), breadcrumb=crumbs(_("Hand over"), thing=shown),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which senior firms fit, with reasons; the coordinator proposes one to both."""
    shown = seen_case(request, pk)
    or_404(permissions.may_propose(request.user, shown))
    profiles = queries.mentors_for(shown)
    proposals = adapter.proposals_for(shown, profiles, localdate())
    form = ProposeForm(sent(request), profiles=profiles)
    if form.is_valid():
        values = form.cleaned_data
        fits = [proposal.fit for proposal in proposals if proposal.profile == values["mentor"]]
        with refusal_in(form) as outcome:
            pair = operations.propose(
                case=shown, by=request.user, at=timezone.now(), **values,
                strength=fits[0].strength if fits else "",
                reasons=fits[0].reasons if fits else (),
            )  # fmt: skip
        if outcome.is_done:
            messages.success(request, _("Proposed. Both firms are asked."))
            return redirect(pair)
    context = {
        "case": shown,
        "profile": queries.own_profile(shown.organisation),
        "form": form,
        "rows": presenters.proposal_rows(proposals),
        "breadcrumb": crumbs(_("Find a mentor"), thing=shown),
    }
    return render_forms(request, "mentoring/propose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the search."""
    shown = seen_case(request, pk)
    or_404(permissions.may_close(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.close(case=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request, WhyForm(sent(request)), act,
        title=_("End the search"), lead=str(shown), button=_("End the search"),
        done=_("The search is closed."), back=shown.get_absolute_url(),
        breadcrumb=crumbs(_("End the search"), thing=shown),
    )  # fmt: skip
