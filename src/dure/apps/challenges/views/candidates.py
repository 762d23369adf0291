"""Candidates: the list, gathering, one with its versions and comments, approval."""

from itertools import pairwise

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.catalog.queries import needs_visible_to
from dure.apps.challenges import operations, permissions, presenters, queries
from dure.apps.challenges.forms import CandidatesForm, CommentForm, GatherForm, TextForm
from dure.apps.challenges.models import Candidate, Discovery
from dure.apps.challenges.views.discoveries import crumbs
from dure.apps.people.queries import people_in_any
from dure.apps.roadmaps.queries import branch_at
from dure.foundation.parsing import row_id, whole_number
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in, workbook_response
from dure.foundation.ui.form_page import render_forms

ON_A_PAGE = 50
EXPORTED = 10_000


@require_safe
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidates of a discovery that a reader may see; also as Excel."""
    discovery = _discovery(request, pk)
    form = CandidatesForm(request.GET, discovery=discovery)
    visible = queries.candidates_visible_to(request.user).filter(discovery=discovery)
    narrowed = form.narrow(visible).order_by("pk")
    if request.GET.get("format") == "xlsx":
        rows = presenters.as_rows(narrowed[:EXPORTED], request.user)
        name = f"{discovery}-{_('Candidates')}-{timezone.localdate().isoformat()}"
        return workbook_response(workbook(_("Candidates"), *rows), name)
    page = Paginator(narrowed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Candidates"),
        "breadcrumb": crumbs(discovery, _("Candidates")),
        "discovery": discovery,
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page,
        "rows": presenters.rows(page, request.user),
    }
    owners = narrowed.order_by().values("organisation")
    letter = listing.letter_to(request, lambda: people_in_any(owners), context)
    return letter or render(request, "challenges/candidates.html", context)


@require_safe
def under_branch(request: HttpRequest) -> HttpResponse:
    """The candidates of all discoveries under a branch of a roadmap (`?branch=sme:SF-09`)."""
    branch = branch_at(request.GET.get("branch", "")[:80])
    if branch is None:
        raise Http404
    candidates = queries.under_branch(queries.candidates_visible_to(request.user), branch)
    page = Paginator(candidates.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    title = _("Candidate challenges: %(branch)s") % {"branch": branch}
    context = {
        "title": title,
        "breadcrumb": crumbs(None, title),
        "branch": branch,
        "page": page,
        "rows": presenters.rows(page, request.user),
    }
    return render(request, "challenges/under_branch.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a candidate, new or out of a need (`?need=`)."""
    discovery, user, now = _discovery(request, pk), request.user, timezone.now()
    own = queries.centres_of(user, discovery)
    if not own.exists():
        raise Http404
    needs = needs_visible_to(user).filter(organisation__verified_at__isnull=False)
    need = needs.filter(pk=row_id(request.GET.get("need"))).first()
    start = (
        {
            "need": need.pk,
            "organisation": need.organisation_id,
            "title": need.title,
            "problem": need.body,
            "requirements": need.requirements,
        }
        if need
        else {}
    )
    form = GatherForm(request.POST or None, centres=own, needs=needs, initial=start)
    if request.method == "POST" and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("centre", "organisation", "need")}
        with refusal_in(form) as outcome:
            made = operations.gather(text=form.text(), **cleaned, by=user, at=now)
        if outcome.is_done:
            return redirect("challenges:candidate", made.pk)
    context = {
        "title": _("Bring a candidate"),
        "breadcrumb": crumbs(discovery, _("Bring a candidate")),
        "form": form,
        "need": need,
        "back": reverse("challenges:discovery", args=[pk]),
        "button": _("Bring it"),
    }
    return render_forms(request, "challenges/form.html", context)


@require_safe
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate: its text; for those inside also versions, comments and decisions."""
    return _page(request, _candidate(request, pk), CommentForm())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new version of the text."""
    shown = _candidate(request, pk)
    or_404(permissions.may_write(request.user, shown))
    newest = queries.newest(shown)
    form = TextForm(
        request.POST or None,
        initial={
            **{name: getattr(newest, name) for name, _label in presenters.PARTS},
            "seen": newest.number,
        },
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.revise(
                candidate=shown, text=form.text(), note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"] or 0, by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            return redirect("challenges:candidate", pk)
    context = {
        "title": _("Revise the text"),
        "breadcrumb": crumbs(shown.discovery, _("Revise the text")),
        "form": form,
        "approved": shown.approved,
        "back": reverse("challenges:candidate", args=[pk]),
        "button": _("Save as a new version"),
    }
    return render_forms(request, "challenges/form.html", context)


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about the newest version."""
    shown, form = _candidate(request, pk), CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    with flash_outcome(request, _("Your comment stands below the text.")):
        operations.comment(
            candidate=shown, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
        )
    return redirect("challenges:candidate", pk)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the text that was read be announced."""
    shown = _candidate(request, pk)
    with flash_outcome(request, _("Approved. A change of the text would void it.")):
        operations.approve(
            candidate=shown,
            seen=whole_number(request.POST.get("seen")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    return redirect("challenges:candidate", pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a candidate back."""
    shown = _candidate(request, pk)
    with flash_outcome(request, _("It is taken back.")):
        reason = request.POST.get("reason", "")
        operations.withdraw(candidate=shown, reason=reason, by=request.user)
    return redirect("challenges:candidate", pk)


def _page(request: HttpRequest, shown: Candidate, form: CommentForm) -> HttpResponse:
    user = request.user
    is_inside = queries.reads_inside(user, shown)
    text = queries.shown_text(shown, is_inside)
    versions = shown.all_versions if is_inside else []
    context = {
        "title": text.title,
        "breadcrumb": crumbs(shown.discovery, text.title),
        "candidate": shown,
        "text": text,
        "parts": presenters.parts(text),
        "tone": presenters.TONES[shown.stage],
        "is_inside": is_inside,
        "versions": [
            {"version": after, "changes": presenters.changes(before, after)}
            for after, before in pairwise(versions)
        ],
        "comments": queries.comments_on(shown) if is_inside else [],
        "judgements": queries.judgements_of(shown) if is_inside else [],
        "form": form,
        "may_write": permissions.may_write(user, shown),
        "may_comment": permissions.may_comment(user, shown),
        "may_approve": permissions.may_approve(user, shown),
        "may_withdraw": permissions.may_withdraw(user, shown),
        "may_judge": permissions.may_judge(user, shown),
    }
    return render(request, "challenges/candidate.html", context, status=422 if form.errors else 200)


def _discovery(request: HttpRequest, pk: int) -> Discovery:
    return get_object_or_404(queries.discoveries_visible_to(request.user), pk=pk)


def _candidate(request: HttpRequest, pk: int) -> Candidate:
    return get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)
