"""Partners: proposed by the engine with reasons, and what firm and partner say."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.support import adapter, operations, permissions, presenters, queries
from dure.apps.support.forms import AnswerForm, ProposeForm
from dure.apps.support.models import Candidate
from dure.apps.support.pages import crumbs
from dure.apps.support.stages import CandidateStage
from dure.apps.support.views.requests import seen
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import form_page, render_forms, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who fits, with reasons; the owner proposes one to the firm."""
    support_request = seen(request, pk)
    or_404(permissions.may_propose(request.user, support_request))
    profiles = queries.profiles_to_propose(support_request)
    proposals = adapter.proposals_for(support_request, profiles)
    form = ProposeForm(sent(request), profiles=profiles)
    if form.is_valid():
        chosen = form.cleaned_data["profile"]
        of_engine = next((proposal for proposal in proposals if proposal.profile == chosen), None)
        with refusal_in(form) as outcome:
            operations.propose(
                request=support_request, profile=chosen, note=form.cleaned_data["note"],
                strength=of_engine.strength if of_engine else "",
                reasons=of_engine.reasons if of_engine else (), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            messages.success(request, _("Proposed. The firm says whether it wants this partner."))
            return redirect(support_request)
    context = {
        "shown": support_request,
        "form": form,
        "rows": [
            {
                "proposal": proposal,
                "region": presenters.region_name(proposal.profile.region),
                "reasons": [
                    presenters.reason_in(r, request.LANGUAGE_CODE) for r in proposal.reasons
                ],
            }
            for proposal in proposals
        ],
        "breadcrumb": crumbs(_("Propose a partner"), request=support_request),
    }
    return render_forms(request, "support/propose.html", context)


@require_safe
@login_required
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed partner: for the partner who is asked, and for both sides of the request."""
    shown = _candidate(request, pk)
    sees = queries.requests_visible_to(request.user).filter(pk=shown.request_id).exists()
    context = {
        "row": presenters.candidate_row(shown, request.user),
        "candidate": shown,
        "shown": shown.request,
        "sees_request": sees,
        "values": presenters.values_of(shown.request, request.user),
        "may_note_visit": permissions.may_note_visit(request.user, shown.request),
        "visits": shown.visits.select_related("by"),
        "breadcrumb": crumbs(
            pgettext("support", "Partner"), request=shown.request if sees else None
        ),
    }
    return render_forms(request, "support/candidate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Move a proposed partner on."""
    candidate = _candidate(request, pk)
    if stage.upper() not in CandidateStage.values:
        raise Http404
    wanted = CandidateStage(stage.upper())
    or_404(permissions.may_answer(request.user, candidate, wanted))
    form = AnswerForm(sent(request), stage=wanted)
    title = presenters.move_name(wanted)

    def act(values: dict[str, Any]) -> None:
        operations.answer(
            candidate=candidate, stage=wanted, text=values["text"], role=values.get("role", ""),
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    sees = queries.requests_visible_to(request.user).filter(pk=candidate.request_id).exists()
    row = presenters.candidate_row(candidate, request.user)
    return form_page(
        request,
        form,
        act,
        title=title,
        lead=f"{row['name']} · {candidate.request}",
        button=title,
        back=candidate.request.get_absolute_url() if sees else candidate.get_absolute_url(),
        breadcrumb=crumbs(title, request=candidate.request if sees else None),
        done=_("Saved. Those whom it concerns are told."),
    )


def _candidate(request: HttpRequest, pk: int) -> Candidate:
    candidate = get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)
    is_asked = queries.is_asked(request.user, candidate)
    if not (is_asked or permissions.may_read_inside(request.user, candidate.request)):
        raise Http404
    return candidate
