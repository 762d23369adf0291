"""Convergence of knowledge: strengths and wants, who fits whom across industries, pairs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.groups import adapter, operations, permissions, presenters, queries
from dure.apps.groups.forms import (
    DropForm,
    PrePlanForm,
    ProjectForm,
    StrengthForm,
    StrengthsFilter,
)
from dure.apps.groups.models import Pair
from dure.apps.groups.pages import crumbs
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import list_page, page_of


@require_safe
@login_required
def strengths(request: HttpRequest) -> HttpResponse:
    """What firms of groups are good at and look for."""
    form = StrengthsFilter(request.GET)
    return list_page(
        request,
        "groups/strengths.html",
        form.narrow(queries.strengths_visible_to(request.user)),
        form=form,
        per_page=20,
        sheet=presenters.strength_sheet,
        context=lambda page: {
            "may_converge": permissions.may_converge(request.user),
            "may_say": queries.firms_spoken_for(request.user, localdate()).exists(),
            "breadcrumb": crumbs(None, _("Strengths and wants")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def say(request: HttpRequest) -> HttpResponse:
    """Say what a firm is good at and looks for, for one's own or in its name."""
    firms = queries.firms_spoken_for(request.user, localdate())
    wanted = row_id(request.GET.get("firm"))
    known = queries.strengths_visible_to(request.user).filter(organisation__in=firms)
    before = known.filter(organisation=wanted).first() if wanted else known.first()
    initial = {
        "organisation": wanted or (before and before.organisation_id) or firms.first(),
        "strengths": before.strengths if before else "",
        "wants": before.wants if before else "",
    }

    def act(values: dict[str, Any]) -> None:
        operations.say_strengths(by=request.user, at=timezone.now(), **values)

    return form_page(
        request, StrengthForm(sent(request), firms=firms, initial=initial), act,
        title=_("Strengths and wants"), button=_("Save"), back=reverse("groups:strengths"),
        lead=_("Firms of other industries find you by what you write here."),
        breadcrumb=_crumbs(_("Strengths and wants")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def fits(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of other industries has what a firm looks for, with reasons; propose one of them."""
    or_404(permissions.may_converge(request.user))
    seeker = get_object_or_404(queries.strengths_visible_to(request.user), pk=pk)
    proposed = adapter.fits_for(seeker, queries.helpers_for(seeker))
    if request.method == "POST":
        wanted = row_id(request.POST.get("helper"))
        fit = next((fit for fit in proposed if fit.helper.pk == wanted), None)
        if fit is not None:
            with flash_outcome(request, _("Proposed. Both firms have been asked.")):
                return redirect(
                    operations.propose_pair(
                        seeker=seeker, helper=fit.helper, strength=fit.strength,
                        reasons=fit.reasons, by=request.user, at=timezone.now(),
                    )
                )  # fmt: skip
        else:
            messages.error(request, _("This firm is no longer among those that fit."))
        return redirect("groups:fits", seeker.pk)
    context = {
        "seeker": seeker,
        "rows": presenters.fit_rows(proposed, request.LANGUAGE_CODE),
        "breadcrumb": _crumbs(str(seeker)),
    }
    return render(request, "groups/fits.html", context)


@require_safe
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs across industries and how far they are."""
    listed = queries.pairs_visible_to(request.user)
    page = page_of(request, listed, 30)
    context = {
        "page": page,
        "rows": presenters.pair_rows(page),
        "funnel": presenters.pair_funnel(listed),
        "may_converge": permissions.may_converge(request.user),
        "breadcrumb": _crumbs(_("Pairs across industries")),
    }
    return render(request, "groups/pairs.html", context)


@require_safe
@login_required
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: why it fits, what both say, the pre-plan, what it became."""
    shown = _pair(request, pk)
    context = {
        "pair": shown,
        "row": presenters.pair_rows([shown])[0],
        "reasons": presenters.reasons_of(shown, request.LANGUAGE_CODE),
        "sides": presenters.sides(shown, request.user, localdate()),
        "may_converge": permissions.may_converge(request.user),
        "may_plan": shown.stage in ("AGREED", "PLANNED"),
        "may_found": shown.stage == "PLANNED",
        "may_drop": shown.stage in ("PROPOSED", "AGREED", "PLANNED"),
        "breadcrumb": _crumbs(str(shown)),
    }
    return render(request, "groups/pair.html", context)


@require_POST
@login_required
def pair_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for a firm whether it wants to meet the other."""
    shown = _pair(request, pk)
    firms = {
        strength.organisation.pk: strength.organisation for strength in (shown.seeker, shown.helper)
    }
    firm = firms.get(row_id(request.POST.get("firm")) or 0)
    or_404(permissions.may_speak_for(request.user, firm, localdate())) if firm else None
    if firm is None:
        return redirect(shown)
    with flash_outcome(request, _("Thank you. The coordinator sees it.")):
        operations.answer_pair(
            pair=shown, organisation=firm, wants=request.POST.get("wants") == "yes",
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pre_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the pre-plan."""
    shown = _own_pair(request, pk)
    form = PrePlanForm(sent(request), initial={"pre_plan": shown.pre_plan})

    def act(values: dict[str, Any]) -> None:
        operations.write_pre_plan(pair=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, form, act, _("Write the pre-plan"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a project group of the two firms."""
    shown = _own_pair(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.found_project(pair=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, ProjectForm(sent(request)), act, _("Found the project group"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that nothing comes of it, and why."""
    shown = _own_pair(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.drop_pair(pair=shown, by=request.user, **values)

    return _form(request, shown, DropForm(sent(request)), act, _("Nothing comes of it"))


def _pair(request: HttpRequest, pk: int) -> Pair:
    return get_object_or_404(queries.pairs_visible_to(request.user), pk=pk)


def _own_pair(request: HttpRequest, pk: int) -> Pair:
    or_404(permissions.may_converge(request.user))
    return _pair(request, pk)


def _crumbs(label: str) -> list[dict[str, str]]:
    above = {"label": _("Strengths and wants"), "url": reverse("groups:strengths")}
    return [*crumbs(None), above, {"label": label}]


def _form(request: HttpRequest, shown: Pair, form: Any, act: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=shown.get_absolute_url(), breadcrumb=_crumbs(title),
    )  # fmt: skip
