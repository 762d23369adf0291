"""Rounds of the committee, and near-duplicates."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.challenges import operations, permissions, presenters, queries
from dure.apps.challenges.forms import JudgementForm
from dure.apps.challenges.models import Candidate, Discovery, SimilarPair
from dure.apps.challenges.views.discoveries import crumbs
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in


@login_required
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the committee decides on in the open round, and what is decided already."""
    discovery = _discovery(request, pk)
    if not (queries.sits_in(request.user, discovery) or queries.is_office(request.user)):
        raise Http404
    current = queries.open_round(discovery)
    waiting = set(queries.unjudged(current).values_list("pk", flat=True)) if current else set()
    shown = queries.candidates_of(discovery).filter(stage="IN_REVIEW")
    decided = {j.candidate_id: j for j in current.judgements.all()} if current else {}
    lines = [
        row | {"judgement": decided.get(row["candidate"].pk)}
        for row in presenters.rows(shown, request.user)
    ]
    context = {
        "title": str(current) if current else _("Rounds"),
        "breadcrumb": crumbs(discovery, str(current) if current else _("Rounds")),
        "discovery": discovery,
        "current": current,
        "waiting": len(waiting),
        "rows": sorted(lines, key=lambda line: line["judgement"] is not None),
        "is_office": queries.is_office(request.user),
    }
    return render(request, "challenges/round.html", context)


@login_required
@require_POST
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the next round, held today."""
    _office_only(request)
    with flash_outcome(request, _("The round is open.")):
        operations.open_round(
            discovery=_discovery(request, pk), held_on=timezone.localdate(), by=request.user
        )
    return redirect("challenges:round", pk)


@login_required
@require_POST
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the open round."""
    _office_only(request)
    with flash_outcome(request, _("The round is closed.")):
        operations.close_round(
            discovery=_discovery(request, pk), by=request.user, at=timezone.now()
        )
    return redirect("challenges:discovery", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the committee decided on one candidate; then comes the next one."""
    shown = get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)
    or_404(permissions.may_judge(request.user, shown))
    current = queries.open_round(shown.discovery)
    known = current.judgements.filter(candidate=shown).first() if current else None
    start = {"decision": known.decision, "reason": known.reason} if known else {}
    form = JudgementForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "reason") as outcome:
            operations.judge(
                candidate=shown, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect(_next(shown))
    text = queries.newest(shown)
    context = {
        "title": text.title,
        "breadcrumb": crumbs(shown.discovery, text.title),
        "candidate": shown,
        "parts": presenters.parts(text),
        "comments": queries.comments_on(shown),
        "form": form,
        "back": reverse("challenges:round", args=[shown.discovery_id]),
    }
    return render(request, "challenges/judge.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def pairs(request: HttpRequest, pk: int) -> HttpResponse:
    """Candidates that may be the same; for the office alone."""
    _office_only(request)
    discovery = _discovery(request, pk)
    context = {
        "title": _("Near-duplicates"),
        "breadcrumb": crumbs(discovery, _("Near-duplicates")),
        "discovery": discovery,
        "pairs": queries.pairs_to_judge(discovery),
    }
    return render(request, "challenges/pairs.html", context)


@login_required
@require_POST
def find_pairs(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare all candidates anew."""
    _office_only(request)
    new = operations.find_similar(discovery=_discovery(request, pk), by=request.user)
    message = ngettext("%(count)d new pair found.", "%(count)d new pairs found.", new)
    with flash_outcome(request, message % {"count": new}):
        return redirect("challenges:pairs", pk)


@login_required
@require_POST
def answer_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two candidates are two things, or ask their owners to merge them."""
    _office_only(request)
    pair = get_object_or_404(SimilarPair, pk=pk)
    are_same = request.POST.get("are_same") == "yes"
    done = _("Both owners are asked.") if are_same else _("They stay two.")
    with flash_outcome(request, done):
        operations.answer_pair(pair=pair, are_same=are_same, by=request.user, at=timezone.now())
    return redirect("challenges:pairs", pair.first.discovery_id)


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a merge for one's organisation."""
    pair = get_object_or_404(queries.merges_to_answer(request.user), pk=pk)
    with flash_outcome(request, _("You agreed. With the other side's agreement they become one.")):
        operations.agree_to_merge(pair=pair, by=request.user, at=timezone.now())
    return redirect("challenges:candidates", pair.first.discovery_id)


def _next(shown: Candidate) -> str:
    """The page of what the committee decides on next, or of the round when all is decided."""
    current = queries.open_round(shown.discovery)
    left = queries.unjudged(current).order_by("pk").first() if current else None
    if left is None:
        return reverse("challenges:round", args=[shown.discovery_id])
    return reverse("challenges:judge", args=[left.pk])


def _discovery(request: HttpRequest, pk: int) -> Discovery:
    return get_object_or_404(queries.discoveries_visible_to(request.user), pk=pk)


def _office_only(request: HttpRequest) -> None:
    if not queries.is_office(request.user):
        raise Http404
