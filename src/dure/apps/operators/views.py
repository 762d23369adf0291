"""Operators: the programmes that have some, one programme, its calls, applications and rankings."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.operators import adapter, operations, permissions, presenters, queries
from dure.apps.operators.forms import ApplyForm, CallForm, ResultsForm, YearForm
from dure.apps.operators.reasons import Reason
from dure.apps.operators.stages import ApplicationStage, RankingStage
from dure.apps.programmes.models import Programme
from dure.apps.programmes.queries import programmes
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import render_forms, show_form
from dure.foundation.ui.moves import offered
from dure.values.text import clean

SOON_DAYS = 180


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes that have operators or call for them. Public."""
    today = timezone.localdate()
    context = {
        "title": _("Operators"),
        "breadcrumb": presenters.crumbs(None),
        "rows": [
            {"programme": programme, "count": queries.operators_of(programme, today).count()}
            for programme in queries.programmes_with_operators()
        ],
        "soon": (
            queries.running_out(today, SOON_DAYS) if permissions.may_run(request.user) else []
        ),
        "to_release": queries.rankings_to_release(request.user),
        "to_call": programmes() if permissions.may_run(request.user) else [],
    }
    return render(request, "operators/programmes.html", context)


@require_safe
def programme(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """The operators of a programme with rank and places; also as Excel. Public."""
    shown, today = _programme(programme_slug), timezone.localdate()
    rankings = queries.rankings_visible_to(request.user).filter(programme=shown)
    last = rankings.filter(stage=RankingStage.IN_FORCE).first()
    rows = presenters.operator_rows(queries.operators_of(shown, today), last)
    if wants_workbook(request):
        return sheet_response(**presenters.operator_sheet(rows))
    calls = list(queries.calls().filter(programme=shown))
    context = {
        "title": _("Operators: %(programme)s") % {"programme": shown},
        "breadcrumb": presenters.crumbs(shown),
        "programme": shown,
        "rows": rows,
        "last": last,
        "rankings": rankings,
        "calls": calls,
        "rule": presenters.rule_lines(calls[0].rule) if calls else None,
        "may_run": permissions.may_run(request.user),
    }
    return render(request, "operators/programme.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_call(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """Call for operators."""
    _office_only(request)
    shown = _programme(programme_slug)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.call_for_operators(
                programme=shown, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("operators:call", made.pk)
    return _form_page(request, form, shown, _("Call for operators"), _("Open it"))


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: what operators do, until when, how they are ranked; applying. Public."""
    shown, user, now = get_object_or_404(queries.calls(), pk=pk), request.user, timezone.now()
    may_apply = permissions.may_apply(user, shown, now)
    form = None
    if may_apply:
        own = queries.organisations_to_apply_for(user, shown)
        form = ApplyForm(request.POST or None, organisations=own) if own else None
    if request.method == "POST" and form and form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.apply(call=shown, **form.cleaned_data, by=user, at=now)
        if outcome.is_done:
            return redirect("operators:application", made.pk)
    context = {
        "title": str(shown),
        "breadcrumb": presenters.crumbs(shown.programme, str(shown)),
        "call": shown,
        "rule": presenters.rule_lines(shown.rule),
        "applications": [
            {
                "application": application,
                "tone": presenters.TONES[ApplicationStage(application.stage)],
            }
            for application in queries.applications_visible_to(user).filter(call=shown)
        ],
        "form": form,
        "may_apply": may_apply,
    }
    return render_forms(request, "operators/call.html", context)


@login_required
@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application and what was decided."""
    shown = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    now = timezone.now()
    context = {
        "title": str(shown.organisation),
        "breadcrumb": presenters.crumbs(shown.call.programme, str(shown.organisation)),
        "application": shown,
        "tone": presenters.TONES[ApplicationStage(shown.stage)],
        "moves": offered(
            presenters.MOVES,
            lambda move: permissions.may_move(request.user, shown, move.stage, now),
            (Reason.NOT_AN_OFFICER, Reason.NOT_A_MANAGER, Reason.STAGE_CLOSED),
        ),
    }
    return render(request, "operators/application.html", context)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint, do not appoint, or take back."""
    shown = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Done.")):
        operations.move(
            application=shown, stage=request.POST.get("stage", ""),
            reason=clean(request.POST.get("reason", "")), by=request.user, at=timezone.now(),
        )  # fmt: skip
    return redirect("operators:application", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """Write the results of a year down (`?year=`); a second officer puts the ranking into force."""
    _office_only(request)
    shown = _programme(programme_slug)
    asked = YearForm(request.GET or {"year": timezone.localdate().year - 1})
    year = asked.cleaned_data["year"] if asked.is_valid() else timezone.localdate().year - 1
    operators = list(queries.operators_of(shown, date(year, 12, 31)))
    rule = adapter.read(operators[0].application.call.rule, "rule") if operators else None
    form = ResultsForm(request.POST or None, operators=operators, rule=rule) if rule else asked
    if request.method == "POST" and rule and form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.prepare_ranking(
                programme=shown, year=year, places=form.cleaned_data["places"],
                results=form.results(), by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            return redirect("operators:ranking", made.pk)
    title = _("Results of %(year)s") % {"year": year}
    return _form_page(
        request, form, shown, title, _("Rank them") if rule else _("Choose"),
        method="post" if rule else "get", template="operators/rank.html", nobody=not rule,
    )  # fmt: skip


@require_safe
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """One ranking: results, points, ranks and places."""
    shown = get_object_or_404(queries.rankings_visible_to(request.user), pk=pk)
    title = _("Ranking of %(year)s") % {"year": shown.year}
    context = {
        "title": title,
        "breadcrumb": presenters.crumbs(shown.programme, title),
        "ranking": shown,
        "table": presenters.standings(shown),
        "rule": presenters.rule_lines(shown.rule),
        "may_release": permissions.may_release(request.user, shown),
        "is_office": bool(permissions.may_run(request.user)),
    }
    return render(request, "operators/ranking.html", context)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a ranking into force."""
    _office_only(request)
    shown = get_object_or_404(queries.rankings_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("The ranking is in force; the operators are told their places.")):
        operations.release_ranking(
            ranking=shown, seen=_moment(request.POST.get("seen", "")), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    return redirect("operators:ranking", pk)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _form_page(
    request: HttpRequest, form: BaseForm, programme: Programme, title: str, button: str,
    **more: object,
) -> HttpResponse:  # fmt: skip
    back = reverse("operators:programme", args=[programme.slug])
    crumbs = presenters.crumbs(programme, title)
    return show_form(
        request, form, title=title, button=button, back=back, breadcrumb=crumbs, **more
    )


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _programme(slug: str) -> Programme:
    return get_object_or_404(programmes(), slug=slug)
