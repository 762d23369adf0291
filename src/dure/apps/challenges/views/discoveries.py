"""Discoveries: the list, one of them with its funnel, centres, committee, selection."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.challenges import operations, permissions, presenters, queries
from dure.apps.challenges.forms import CentreForm, CommitteeForm, DiscoveryForm
from dure.apps.challenges.models import Discovery
from dure.apps.challenges.stages import DiscoveryStage
from dure.apps.people.queries import centres_to_name, holders_of
from dure.foundation.parsing import row_ids
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import render_forms


@require_safe
def discovery_list(request: HttpRequest) -> HttpResponse:
    """Every discovery with its figures; public."""
    shown = [
        {"discovery": discovery, "funnel": presenters.funnel(discovery)}
        for discovery in queries.discoveries_visible_to(request.user)
    ]
    context = {
        "title": _("Challenge discovery"),
        "breadcrumb": [{"label": _("Challenge discovery")}],
        "shown": shown,
        "may_run": permissions.may_run(request.user),
        "approvals": _approvals(request),
        "merges": queries.merges_to_answer(request.user),
    }
    return render(request, "challenges/discoveries.html", context)


@require_safe
def discovery(request: HttpRequest, pk: int) -> HttpResponse:
    """One discovery: where it stands, its funnel, who gathers, who decides."""
    shown = _discovery(request, pk)
    user, now = request.user, timezone.now()
    is_office = bool(permissions.may_run(user))
    gathering = [
        centre for centre in queries.centres_of(user, shown)
        if permissions.may_gather(user, centre, now)
    ]  # fmt: skip
    context = {
        "title": str(shown),
        "breadcrumb": crumbs(shown),
        "discovery": shown,
        "stages": presenters.stages(shown),
        "funnel": presenters.funnel(shown),
        "centres": queries.by_centre(shown),
        "committee": shown.committee.select_related("user") if is_office else [],
        "is_office": is_office,
        "is_committee": queries.sits_in(user, shown),
        "may_gather": bool(gathering),
        "current": queries.open_round(shown),
        "pairs": len(queries.pairs_to_judge(shown)) if is_office else 0,
        "may_announce": permissions.may_announce(user, shown) if is_office else None,
        "approvals": _approvals(request),
        "kept": (
            presenters.rows(queries.kept(shown), user)
            if is_office and shown.stage == DiscoveryStage.VERIFYING
            else []
        ),
        "selected": presenters.rows(
            queries.candidates_visible_to(user).filter(discovery=shown, stage="SELECTED"), user
        ),
    }
    return render(request, "challenges/discovery.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a discovery."""
    _office_only(request)
    form = DiscoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = operations.open_discovery(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("challenges:centres", made.pk)
    context = {
        "title": _("New discovery"),
        "breadcrumb": crumbs(None, _("New discovery")),
        "form": form,
        "back": reverse("challenges:list"),
        "button": _("Open it"),
    }
    return render_forms(request, "challenges/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def centres(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which centres gather, and how many each may bring."""
    _office_only(request)
    shown = _discovery(request, pk)
    form = CentreForm(request.POST or None, centres=centres_to_name())
    if request.method == "POST" and form.is_valid():
        with flash_outcome(request, _("The centre gathers.")):
            operations.add_centre(discovery=shown, **form.cleaned_data, by=request.user)
        return redirect("challenges:centres", pk)
    context = {
        "title": _("Centres"),
        "breadcrumb": crumbs(shown, _("Centres")),
        "discovery": shown,
        "centres": queries.by_centre(shown),
        "form": form,
    }
    return render(request, "challenges/centres.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who sits in the verification committee and who chairs it."""
    _office_only(request)
    shown = _discovery(request, pk)
    sitting = list(shown.committee.all())
    form = CommitteeForm(
        request.POST or None,
        people=holders_of("REVIEWER", "OFFICER"),
        initial={
            "members": [member.user_id for member in sitting],
            "chair": next((member.user_id for member in sitting if member.is_chair), None),
        },
    )
    if request.method == "POST" and form.is_valid():
        with flash_outcome(request, _("The committee is named.")):
            operations.name_committee(discovery=shown, **form.cleaned_data, by=request.user)
        return redirect("challenges:discovery", pk)
    context = {
        "title": _("Verification committee"),
        "breadcrumb": crumbs(shown, _("Verification committee")),
        "form": form,
        "back": reverse("challenges:discovery", args=[pk]),
        "button": _("Name the committee"),
    }
    return render_forms(request, "challenges/form.html", context)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """End the gathering, announce, or call off."""
    _office_only(request)
    shown = _discovery(request, pk)
    now, by = timezone.now(), request.user
    stage = request.POST.get("stage", "")
    with flash_outcome(request, _("Done.")):
        if stage == DiscoveryStage.VERIFYING:
            operations.start_verification(discovery=shown, by=by)
        elif stage == DiscoveryStage.ANNOUNCED:
            operations.announce(discovery=shown, by=by, at=now)
        elif stage == DiscoveryStage.CANCELLED:
            reason = request.POST.get("reason", "")
            operations.call_off(discovery=shown, reason=reason, by=by)
        else:
            raise Http404
    return redirect("challenges:discovery", pk)


@login_required
@require_POST
def select(request: HttpRequest, pk: int) -> HttpResponse:
    """Select what is announced."""
    _office_only(request)
    shown = _discovery(request, pk)
    ids = row_ids(request.POST.getlist("ids"))
    chosen = [candidate for candidate in queries.kept(shown) if candidate.pk in ids]
    with flash_outcome(request, _("Selected. Their owners approve the texts next.")):
        operations.select(discovery=shown, candidates=chosen, by=request.user, at=timezone.now())
    return redirect("challenges:discovery", pk)


def crumbs(shown: Discovery | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of discoveries to a page."""
    steps = [{"label": _("Challenge discovery"), "url": reverse("challenges:list")}]
    if shown is not None:
        steps.append({"label": str(shown), "url": reverse("challenges:discovery", args=[shown.pk])})
    if page:
        steps.append({"label": page})
    else:
        steps[-1].pop("url")
    return steps


def _approvals(request: HttpRequest) -> list:
    if not request.user.is_authenticated:
        return []
    return presenters.rows(queries.texts_to_approve(request.user), request.user)


def _discovery(request: HttpRequest, pk: int) -> Discovery:
    return get_object_or_404(queries.discoveries_visible_to(request.user), pk=pk)


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))
